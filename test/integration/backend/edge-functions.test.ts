import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { json } from 'node:stream/consumers'
import { fromUtf8 } from '@shared/model/utf8'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../fixtures/console'
import { ISSUER, passport, statement } from '../../fixtures/passports'

// `npm run db -- functions` fetches a Deno for these; one that is installed does as well.
const DENO = process.env.DENO ?? 'deno'
const there = spawnSync(DENO, ['--version']).error === undefined

const FILE = join(ROOT, 'resources/supabase/functions/verify-passport/index.ts')
const ID = '0195f3a0-0000-7000-8000-000000000001'
const scan = statement().predicate.scan

describe.skipIf(!there)('the Edge Function in Deno', () => {
  /** What the database says of the evidence, and what it was told afterwards. */
  let evidence: { section: unknown; envelope: string | null }
  const recorded: Record<string, unknown>[] = []
  const database = createServer(async (request, response) => {
    const body = (await json(request)) as Record<string, unknown>
    const isRead = request.url === '/rest/v1/rpc/get_evidence'
    if (!isRead) recorded.push({ ...body, key: request.headers.apikey })
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(isRead ? evidence : { id: ID, level: 'signed' }))
  })
  let served: ChildProcess | undefined
  let url = ''

  beforeAll(async () => {
    await new Promise<void>((done) => database.listen(0, '127.0.0.1', done))
    const { port } = database.address() as AddressInfo
    // It may reach the project and read its own settings: no file, no process, no other address.
    const child = spawn(
      DENO,
      [
        ...['run', '--no-remote', '--no-prompt', '--allow-net=127.0.0.1'],
        ...['--allow-env=SUPABASE_URL,SUPABASE_SERVICE_ROLE_KEY', FILE],
      ],
      {
        env: {
          ...process.env,
          NO_COLOR: '1',
          DENO_SERVE_ADDRESS: 'tcp:127.0.0.1:0',
          SUPABASE_URL: `http://127.0.0.1:${port}`,
          SUPABASE_SERVICE_ROLE_KEY: 'service',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    served = child
    url = await new Promise((resolve, reject) => {
      const said: string[] = []
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', (line) => {
          said.push(line)
          const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
          if (address !== undefined) resolve(address)
        })
      child.on('exit', () => reject(new Error(`Deno ended: ${said.join(' ')}`)))
    })
  }, 60_000)
  afterAll(() => {
    served?.kill()
    database.close()
  })

  const ask = (body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) })

  it('is right by the types of Deno', () => {
    const checked = spawnSync(DENO, ['check', '--no-remote', FILE], { encoding: 'utf8' })
    expect(checked.stderr).not.toContain('error')
    expect(checked.status).toBe(0)
  })

  it('checks a real signature, and records that', async () => {
    evidence = { section: scan, envelope: fromUtf8(await passport()) }
    const answer = await ask({ subject: 'report', id: ID })
    expect(await answer.json()).toMatchObject({ outcome: 'signed', keyId: ISSUER.key.keyId })
    expect(recorded.at(-1)).toMatchObject({ p_outcome: 'signed', p_id: ID, key: 'service' })
  })

  it('refuses a signature of something else', async () => {
    evidence = {
      section: { ...scan, rulesVersion: 'another' },
      envelope: fromUtf8(await passport()),
    }
    expect(await (await ask({ subject: 'report', id: ID })).json()).toMatchObject({
      outcome: 'invalid',
      detail: 'its scan is not the one that was submitted',
    })
    expect(recorded.at(-1)).toMatchObject({ p_outcome: 'invalid' })
  })

  it('answers what was not signed, and what is no question, with a status', async () => {
    evidence = { section: scan, envelope: null }
    expect((await ask({ subject: 'report', id: ID })).status).toBe(409)
    expect((await ask({ subject: 'report', id: '1 or 1=1' })).status).toBe(400)
    expect((await fetch(url)).status).toBe(405)
  })
})

import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type LoopbackServer, serveLoopback } from '../../../electron/loopback/server'
import { type OpenConsole, openConsole, ROOT } from '../../fixtures/console'

const TOKEN = 'the-token-of-this-run'
let open: OpenConsole
let server: LoopbackServer
beforeAll(async () => {
  open = openConsole()
  server = await serveLoopback({
    console: open.console,
    token: TOKEN,
    pageFolder: `${ROOT}/out/renderer`,
    port: 0,
  })
})
afterAll(async () => {
  await server.close()
  await open.close()
})

interface Answer {
  status: number
  headers: NodeJS.Dict<string | string[]>
  body: string
}
/** One raw request; `fetch` would not let a test choose Host and Origin. */
function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.origin)
    const outgoing = request({ hostname, port, method, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      )
    })
    outgoing.on('error', reject).end(body)
  })
}
const page = () => ({ origin: server.origin, authorization: `Bearer ${TOKEN}` })

describe('HTTP', () => {
  test('serves the page with a strict policy and no inline exception', async () => {
    const { status, headers, body } = await send('GET', '/')
    expect(status).toBe(200)
    expect(body).toContain('<div id="root"')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })
  test('another Host is refused: DNS rebinding', async () => {
    expect((await send('GET', '/', { host: 'evil.test' })).status).toBe(421)
    expect(
      (await send('GET', '/', { host: `localhost:${new URL(server.origin).port}` })).status,
    ).toBe(421)
  })
  test('another Origin is refused, with the right token too', async () => {
    expect(
      (await send('POST', '/session', { ...page(), origin: 'https://evil.test' })).status,
    ).toBe(403)
    expect((await send('POST', '/session', { ...page(), origin: 'null' })).status).toBe(403)
    const { origin: _, ...none } = page()
    expect((await send('POST', '/session', none)).status).toBe(403)
  })
  test('a preflight gets no permission', async () => {
    const { status, headers } = await send('OPTIONS', '/session', {
      origin: 'https://evil.test',
      'access-control-request-method': 'POST',
    })
    expect(status).toBe(403)
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })
  test('the right token opens the session, a wrong one does not', async () => {
    expect((await send('POST', '/session', page())).status).toBe(204)
    const wrong = await send('POST', '/session', { ...page(), authorization: 'Bearer wrong' })
    expect(wrong.status).toBe(401)
    expect(wrong.body).toContain('Open the one that the console printed')
  })
  test('repeated wrong tokens are slowed down while the right one still works', async () => {
    let last: Answer | undefined
    for (let i = 0; i < 8; i++)
      last = await send('POST', '/session', { ...page(), authorization: 'Bearer wrong' })
    expect(last?.status).toBe(429)
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0)
    expect((await send('POST', '/session', page())).status).toBe(204)
  })
  test.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fmain/loopback.js',
    '/../renderer-x/a',
    '/assets',
    '/nothing',
  ])('GET %s finds nothing, and says where the console is', async (path) => {
    expect(await send('GET', path)).toMatchObject({
      status: 404,
      body: expect.stringContaining(`The console is at ${server.origin}/`),
    })
  })
})

describe('WebSocket', () => {
  const tryUpgrade = (origin: string, token: string, headers: Record<string, string> = {}) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(
        `${server.origin.replace('http', 'ws')}/rpc`,
        ['orpc', `token.${token}`],
        { origin, headers },
      )
      socket.on('open', () => {
        socket.close()
        resolve('open')
      })
      socket.on('unexpected-response', (_, response) => {
        resolve(String(response.statusCode))
        socket.terminate()
      })
      socket.on('error', () => {})
    })
  test('the page with the token is upgraded', async () => {
    expect(await tryUpgrade(server.origin, TOKEN)).toBe('open')
  })
  test('a wrong token, a foreign Origin or a foreign Host is refused', async () => {
    expect(await tryUpgrade(server.origin, 'wrong')).toBe('403')
    expect(await tryUpgrade('https://evil.test', TOKEN)).toBe('403')
    expect(await tryUpgrade(server.origin, TOKEN, { host: 'evil.test' })).toBe('403')
  })
  /** One raw request for an upgrade, which a library would not send like this. */
  const rawUpgrade = (target: string) =>
    `GET ${target} HTTP/1.1\r\nHost: evil.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
  test('a target that is no URL is refused like any other', async () => {
    const { port } = new URL(server.origin)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(rawUpgrade('//')))
      socket.on('data', (bytes) => resolve(bytes.toString()))
    })
    expect(answer).toContain('403 Forbidden')
    expect((await send('GET', '//')).status).toBe(404)
  })
  test('a peer that is gone before it is refused harms nobody', async () => {
    const { port } = new URL(server.origin)
    for (let i = 0; i < 50; i++)
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(rawUpgrade('/rpc'))
          socket.resetAndDestroy()
        })
        socket.on('close', () => resolve())
      })
    expect((await send('GET', '/')).status).toBe(200)
  })
  test('a message beyond the limit costs its own connection only', async () => {
    const socket = new WebSocket(
      `${server.origin.replace('http', 'ws')}/rpc`,
      ['orpc', `token.${TOKEN}`],
      { origin: server.origin },
    )
    const code = await new Promise<number>((resolve) => {
      socket.on('open', () => socket.send('x'.repeat(11 * 1024 * 1024)))
      socket.on('close', resolve).on('error', () => {})
    })
    expect(code).toBe(1009)
    expect((await send('GET', '/')).status).toBe(200)
  })
  test('calls cross the contract: answers, typed errors, and no stack of an unexpected one', async () => {
    const socket = new WebSocket(
      `${server.origin.replace('http', 'ws')}/rpc`,
      ['orpc', `token.${TOKEN}`],
      { origin: server.origin },
    )
    const client: ContractRouterClient<Contract> = createORPCClient(
      new RPCLink({ websocket: socket as never }),
    )
    expect((await client.app.info()).host).toBe('loopback')
    await expect(
      client.scan.start({ target: { kind: 'paths', paths: ['/etc'] } }),
    ).rejects.toMatchObject({
      code: 'PATH_NOT_GRANTED',
      data: { path: '/etc' },
    })
    await expect(client.scan.history({ limit: 10_000 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    socket.close()
  })
})

describe('uploads', () => {
  test('a file is received whole, scanned under its own name, and deleted', async () => {
    const { client } = open
    const { uploadId } = await client.scan.beginUpload({
      files: [{ path: 'a/notes.txt', bytes: 5 }],
      notes: ['Links were hidden by the browser.'],
    })
    expect((await send('PUT', `/upload/${uploadId}/0`, page(), 'hello')).status).toBe(204)
    const { jobId } = await client.scan.start({ target: { kind: 'upload', uploadId } })
    let reportId: string | undefined
    for await (const event of await client.scan.watch({ jobId }))
      if (event.type === 'done') reportId = event.reportId
    const { report } = await client.scan.report({ reportId: reportId as never })
    expect(report.files).toMatchObject([{ path: 'a/notes.txt', bytes: 5, verdict: 'clean' }])
    expect(report.notes).toContain('Links were hidden by the browser.')
    expect(open.console.uploads.find(uploadId)).toBeUndefined()
  })
  test('a body that is too long or too short is refused and can be sent again', async () => {
    const { uploadId } = await open.client.scan.beginUpload({ files: [{ path: 'a', bytes: 3 }] })
    expect((await send('PUT', `/upload/${uploadId}/0`, page(), 'ab')).status).toBe(409)
    expect((await send('PUT', `/upload/${uploadId}/0`, page(), 'abcd')).status).toBe(413)
    expect((await send('PUT', `/upload/${uploadId}/0`, page(), 'abc')).status).toBe(204)
    expect((await send('PUT', `/upload/${uploadId}/0`, page(), 'abc')).status).toBe(409)
  })
  test('a body that breaks off at once leaves nothing, and can be sent again', async () => {
    const { uploads } = open.console
    const { uploadId } = await open.client.scan.beginUpload({ files: [{ path: 'a', bytes: 3 }] })
    const broken = new Readable({
      read() {
        this.destroy(new Error('The page went away.'))
      },
    })
    await expect(uploads.receive(uploadId, 0, broken)).rejects.toThrow('went away')
    expect(readdirSync(join(open.folder, 'data/uploads', uploadId))).toEqual([])
    await uploads.receive(uploadId, 0, Readable.from([Buffer.from('abc')]))
    expect(uploads.find(uploadId)?.complete).toBe(1)
  })
  test('a disk that becomes full is said with 507', async () => {
    const { uploadId } = await open.client.scan.beginUpload({ files: [{ path: 'a', bytes: 3 }] })
    const full = new Readable({
      read() {
        this.destroy(Object.assign(new Error('write'), { code: 'ENOSPC' }))
      },
    })
    await expect(open.console.uploads.receive(uploadId, 0, full)).rejects.toMatchObject({
      status: 507,
    })
  })
  test('a cancelled upload takes no more bytes', async () => {
    const { uploadId } = await open.client.scan.beginUpload({ files: [{ path: 'a', bytes: 9 }] })
    async function* body() {
      yield Buffer.from('abc')
      await open.client.scan.cancelUpload({ uploadId })
      yield Buffer.from('def')
    }
    await expect(
      open.console.uploads.receive(uploadId, 0, Readable.from(body())),
    ).rejects.toMatchObject({ status: 404 })
  })
  test('a folder of 20,000 files can be scanned', async () => {
    const files = Array.from({ length: 20_000 }, (_, index) => ({ path: `${index}.txt`, bytes: 0 }))
    const { uploadId } = await open.client.scan.beginUpload({ files })
    for (let index = 0; index < files.length; index++)
      await open.console.uploads.receive(uploadId, index, Readable.from([]))
    const { jobId } = await open.client.scan.start({
      target: { kind: 'upload', uploadId },
      hash: false,
    })
    let last: string | undefined
    for await (const event of await open.client.scan.watch({ jobId })) last = event.type
    expect(last).toBe('done')
  })
  test('without the token nothing is received', async () => {
    const { uploadId } = await open.client.scan.beginUpload({ files: [{ path: 'a', bytes: 3 }] })
    expect(
      (await send('PUT', `/upload/${uploadId}/0`, { origin: server.origin }, 'abc')).status,
    ).toBeGreaterThanOrEqual(401)
  })
  test('a scan of an upload that is not complete is refused', async () => {
    const { uploadId } = await open.client.scan.beginUpload({ files: [{ path: 'a', bytes: 3 }] })
    await expect(
      open.client.scan.start({ target: { kind: 'upload', uploadId } }),
    ).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE', data: { missing: 1 } })
  })
})

import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../../fixtures/console'

let folder: string
let started: ChildProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'))
  started = []
})
afterEach(async () => {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }
  rmSync(folder, { recursive: true, force: true })
})

interface Run {
  child: ChildProcess
  output(): string
  /** Resolves with all output once it holds `text`, or with what there is when the process ends. */
  until(text: string | RegExp): Promise<string>
  code: Promise<number | null>
}

/** `npm start` without npm: the same script, no display, no terminal. */
function start(args: string[], environment: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/start.mjs'), ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const listener of listeners) listener()
    })
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    output: () => output,
    code,
    until: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (typeof text === 'string' ? output.includes(text) : text.test(output)) resolve(output)
        }
        listeners.add(look)
        void code.then(() => resolve(output))
        look()
      }),
  }
}
const loopback = (...args: string[]) =>
  start(['--loopback', '--no-open', '--data-dir', join(folder, 'data'), ...args])
const LINK = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/

describe('npm start', () => {
  test('prints why it opens in a browser, and the address', async () => {
    const output = await start(['--no-open', '--data-dir', join(folder, 'data')]).until(LINK)
    expect(output).toContain('because there is no display')
    expect(output).toMatch(LINK)
  })

  test('understands options that npm took for itself', async () => {
    const output = await start([], {
      npm_config_loopback: 'true',
      npm_config_open: '',
      npm_config_data_dir: join(folder, 'other'),
    }).until(LINK)
    expect(output).toContain('because of --loopback')
    expect(statSync(join(folder, 'other/console.db')).isFile()).toBe(true)
  })

  test('refuses a value that npm lost, with the right command', async () => {
    const run = start([], { npm_config_port: 'true' })
    expect(await run.code).toBe(1)
    expect(run.output()).toContain('npm start -- --port VALUE')
  })

  test.each([
    [['--colour'], 'does not know "--colour"'],
    [['--port'], '--port needs a value'],
    [['--electron', '--loopback'], 'exclude each other'],
    [['--electron'], 'needs a display'],
    [['--loopback', '--port', '99999'], 'not a port'],
    [['--loopback', '--set', 'scan.depth=99'], 'does not fit'],
    [['--loopback', '--root', '/no/such/folder'], '--root /no/such/folder is not a folder'],
  ])('refuses %j and says what would be right', async (args, sentence) => {
    const run = start([
      ...args,
      ...(args.includes('--loopback') ? ['--data-dir', join(folder, 'data')] : []),
    ])
    expect(await run.code).not.toBe(0)
    expect(run.output()).toContain(sentence)
  })

  test('names a port that is taken', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const run = loopback('--port', String(port))
    expect(await run.code).toBe(1)
    expect(run.output()).toContain(`Port ${port} is taken`)
    server.close()
  })

  test('names a data folder that cannot be used', async () => {
    writeFileSync(join(folder, 'data'), 'a file in the way')
    const run = loopback()
    expect(await run.code).toBe(1)
    expect(run.output()).toContain('--data-dir')
  })

  test('a second console shows where the first one is, and ends', async () => {
    const link = LINK.exec(await loopback().until(LINK))?.[0]
    const second = loopback()
    expect(await second.code).toBe(0)
    expect(second.output()).toContain(`already running for this data folder: ${link}`)
  })

  test('a console that was killed leaves no lock behind', async () => {
    const first = loopback()
    await first.until(LINK)
    first.child.kill('SIGKILL')
    await first.code
    expect(await loopback().until(LINK)).toMatch(LINK)
  })

  test('the address file can be read by its owner only', async () => {
    await loopback().until(LINK)
    expect(statSync(join(folder, 'data/console.address')).mode & 0o077).toBe(0)
  })

  test('ends with SIGTERM and takes its address along', async () => {
    const run = loopback()
    await run.until(LINK)
    run.child.kill('SIGTERM')
    expect(await run.code).toBe(0)
    expect(() => statSync(join(folder, 'data/console.address'))).toThrow()
  })

  test.skipIf(process.getuid?.() === 0)('names a folder that is read-only', async () => {
    chmodSync(folder, 0o500)
    const run = loopback()
    expect(await run.code).toBe(1)
    expect(run.output()).toContain('--data-dir')
    chmodSync(folder, 0o700)
  })
})

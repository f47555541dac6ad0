import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runConfined } from '../../fixtures/confined'
import { ROOT } from '../../fixtures/console'

const linux = process.platform === 'linux'
const say = (expression: string) => `console.log(JSON.stringify(${expression}));`
/** Code of a child that tries something and says the code of the error, or that it worked. */
const attempt = (code: string) =>
  `try { ${code}; ${say("'worked'")} } catch (error) { ${say('error.code ?? error.message')} }`

describe('a child that runs a model', () => {
  test('and loops for ever is stopped at its time, while the host goes on', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 5)
    const { ending } = await runConfined('for (;;);', { wallMs: 700 })
    clearInterval(timer)
    expect(ending).toMatchObject({ kind: 'timeout', signal: 'SIGKILL' })
    expect(turns).toBeGreaterThan(10)
  })
  test('and loops for ever is stopped at its processor time', { skip: !linux }, async () => {
    const { ending } = await runConfined('for (;;);', { cpuSeconds: 1 })
    expect(ending).toMatchObject({ kind: 'timeout', signal: 'SIGXCPU' })
  })
  test('and fills its heap ends for want of memory', async () => {
    const { ending } = await runConfined('const a = []; for (;;) a.push(new Array(1e5).fill({}))')
    expect(ending).toMatchObject({ kind: 'out-of-memory' })
  })
  test('and takes native memory is stopped by the watch', { skip: !linux }, async () => {
    const { ending, peak } = await runConfined(
      'const a = []; setInterval(() => a.push(Buffer.alloc(16 << 20, 1)), 5)',
      { residentBytes: 300 * 1024 ** 2 },
    )
    expect(ending).toMatchObject({ kind: 'out-of-memory', signal: 'SIGKILL' })
    expect(ending.sentence).toContain('300 MiB')
    expect(peak).toBeGreaterThan(300 * 1024 ** 2)
  })
  test('and takes native memory gets no more than its limit', { skip: !linux }, async () => {
    const { ending, peak } = await runConfined(
      'const a = []; for (;;) a.push(Buffer.alloc(64 << 20, 1))',
      { dataBytes: 1200e6 },
    )
    expect(ending.kind).toBe('out-of-memory')
    expect(peak).toBeLessThan(1300e6)
  })
  test('and crashes natively is said to have, with its signal', { skip: !linux }, async () => {
    for (const signal of ['SIGSEGV', 'SIGABRT', 'SIGILL', 'SIGFPE']) {
      const { ending } = await runConfined(
        `process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000)`,
      )
      expect(ending).toMatchObject({ kind: 'crash', signal })
    }
  })
  test('and aborts is said to have', { skip: !linux }, async () => {
    expect((await runConfined('process.abort()')).ending).toMatchObject({
      kind: 'crash',
      signal: 'SIGABRT',
    })
  })
  test('starts no process', async () => {
    const code = attempt("require('node:child_process').execFileSync('/bin/true')")
    const { said } = await runConfined(
      `const require = process.getBuiltinModule('module').createRequire('/'); ${code}`,
    )
    expect(said).toEqual(['ERR_ACCESS_DENIED'])
  })
  test('starts no worker', async () => {
    const code = attempt(
      "new (process.getBuiltinModule('worker_threads').Worker)('', { eval: true })",
    )
    expect((await runConfined(code)).said).toEqual(['ERR_ACCESS_DENIED'])
  })
  test('reads nothing but what was granted', async () => {
    const code = attempt("process.getBuiltinModule('fs').readFileSync('/etc/hostname')")
    expect((await runConfined(code)).said).toEqual(['ERR_ACCESS_DENIED'])
  })
  test('writes nothing, not even where it is', async () => {
    const code = attempt("process.getBuiltinModule('fs').writeFileSync('x', '')")
    expect((await runConfined(code)).said).toEqual(['ERR_ACCESS_DENIED'])
  })
  test('sits in an empty folder that is gone afterwards', async () => {
    const { said } = await runConfined(say('process.cwd()'))
    const [folder] = said as [string]
    expect(folder).toContain('prometheus-launch-')
    expect(existsSync(folder)).toBe(false)
  })
  test('sees none of the environment', async () => {
    const { said } = await runConfined(say('Object.keys(process.env)'))
    // A shell that waits for the program may set where it is.
    expect(
      (said as [string[]])[0].filter((name) => !['PWD', 'OLDPWD', '_', 'SHLVL'].includes(name)),
    ).toEqual([])
  })
  test('reaches nobody where the network is cut, and the result says where it is not', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const { said, network } = await runConfined(
      `process.getBuiltinModule('net').connect(${port}, '127.0.0.1')
        .on('connect', () => { ${say("'connected'")} process.exit() })
        .on('error', (error) => { ${say('error.code')} process.exit() })`,
    )
    server.close()
    if (network.isolated) expect(said).not.toEqual(['connected'])
    else expect(network.reason).toMatch(/./)
  })
  test('that starts processes behind the back of Node takes all of them along', {
    skip: !linux,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'forks-'))
    const mark = `orphan-${process.pid}-${Date.now()}`
    const program = join(folder, 'node')
    // In the place of Node, so that no permission model stands in the way; 20 are enough to show it.
    writeFileSync(
      program,
      `#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do setsid sh -c 'sleep 600; : ${mark}' & done\nsleep 600\n`,
    )
    chmodSync(program, 0o700)
    const { ending } = await runConfined('', {}, { node: program })
    rmSync(folder, { recursive: true })
    expect(ending).toMatchObject({ kind: 'crash' })
    expect(ending.sentence).toContain('another process')
    expect(processesWith(mark)).toEqual([])
  })
})

test('a child does not outlive a host that was killed', { skip: !linux }, async () => {
  const host = spawn(
    process.execPath,
    [
      '--import',
      join(ROOT, 'scripts/typescript-hooks.mjs'),
      join(ROOT, 'test/fixtures/confined-host.ts'),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = (await once(host.stdout.setEncoding('utf8'), 'data')) as [string]
  const bundle = line.trim()
  expect(processesWith(bundle).length).toBeGreaterThan(0)
  host.kill('SIGKILL')
  await expect.poll(() => processesWith(bundle)).toEqual([])
  rmSync(dirname(bundle), { recursive: true, force: true })
})

function processesWith(mark: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(mark)
    } catch {
      return false
    }
  })
}

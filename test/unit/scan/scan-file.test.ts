import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { scanFile } from '../../../electron/core/scan/child/scan-file'
import { writeNpy } from '../../fixtures/npy-writer'
import { callPickle, pickle } from '../../fixtures/pickle-writer'
import { LIMITS, scanBytes } from '../../fixtures/scan-bytes'
import { writeZip } from '../../fixtures/zip-writer'

const folder = mkdtempSync(join(tmpdir(), 'scan-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

const scan = (path: string, { hash = false, report = (_: number) => {} } = {}) =>
  scanFile({ id: 1, absolutePath: path, displayPath: 'file' }, LIMITS, hash, report)

describe('scanning a file', () => {
  test('gives its SHA-256 when asked to, and none otherwise', () => {
    const bytes = Buffer.alloc(9 * 1024 * 1024, 'some text, ')
    const expected = createHash('sha256').update(bytes).digest('hex')
    expect(scanBytes(bytes, { hash: true }).sha256).toBe(expected)
    expect(scanBytes(bytes).sha256).toBeNull()
  })

  test('of no bytes is complete, with the hash of nothing', () => {
    const result = scanBytes(Buffer.alloc(0), { hash: true })
    expect(result).toMatchObject({ format: 'empty', status: 'complete', verdict: 'clean' })
    expect(result.sha256).toBe(createHash('sha256').digest('hex'))
  })

  test.each([
    ['is not there', () => join(folder, 'missing'), /no longer there/],
    ['is a folder', () => folder, /is a folder, not a file/],
    [
      'is a link',
      () => {
        const path = join(folder, 'link')
        symlinkSync(join(folder, 'missing'), path)
        return path
      },
      /symbolic link/,
    ],
  ])('that %s is an error with a sentence', (_, path, reason) => {
    const result = scan(path())
    expect(result).toMatchObject({ status: 'error', sha256: null })
    expect(result.reason).toMatch(reason)
  })

  test.skipIf(process.platform === 'win32')(
    'that is a named pipe is an error and does not wait',
    () => {
      const path = join(folder, 'pipe')
      execFileSync('mkfifo', [path])
      expect(scan(path).reason).toMatch(/named pipe/)
    },
  )

  test('that grows while it is read is inconclusive', () => {
    const path = join(folder, 'growing')
    // Long enough that there is progress to report; its elements are a hole in the file.
    const header = writeNpy("'|u1'", '(400000000,)', Buffer.alloc(0))
    writeFileSync(path, header)
    truncateSync(path, header.length + 400_000_000)
    let grown = false
    const result = scan(path, {
      hash: true,
      report() {
        if (!grown) appendFileSync(path, 'more')
        grown = true
      },
    })
    expect(grown).toBe(true)
    expect(result).toMatchObject({ status: 'inconclusive' })
    expect(result.reason).toMatch(/changed while it was scanned/)
  })

  test('stops at its time limit and says so', () => {
    const bytes = writeZip(
      Array.from({ length: 500 }, (_, index) => ({ name: `${index}`, data: callPickle('a', 'b') })),
    )
    const result = scanBytes(bytes, { fileSeconds: 0 })
    expect(result.status).toBe('inconclusive')
    expect(result.reason).toMatch(/within 0 s/)
  })

  test('keeps what matters when there are more facts than the limit, and says so', () => {
    const members = Array.from({ length: 60 }, (_, index) => ({
      name: `${index}.txt`,
      data: Buffer.from('text'),
    }))
    const evil = { name: 'evil', data: callPickle('os', 'system') }
    const listed = scanBytes(writeZip([...members, evil]), { facts: 20 })
    expect(listed.names('call')).toEqual(['os.system'])
    expect(listed.status).toBe('complete')

    const writer = pickle(4)
    for (let index = 0; index < 60; index++) writer.import('collections', `name${index}`).pop()
    const flooded = scanBytes(writer.none().stop().bytes(), { facts: 20 })
    expect(flooded.names('structure')).toContain('limit.facts')
    expect(flooded).toMatchObject({ status: 'inconclusive', verdict: 'suspicious' })
  })

  test('counts equal facts of one member instead of repeating them', () => {
    const writer = pickle(4)
    for (let index = 0; index < 5; index++)
      writer.import('os', 'getcwd').emptyTuple().reduce().pop()
    const result = scanBytes(writer.none().stop().bytes())
    const calls = result.facts.filter((fact) => fact.kind === 'call')
    expect(calls).toHaveLength(1)
  })

  test('reports names and evidence no longer than the report allows', () => {
    const name = 'n'.repeat(5000)
    const result = scanBytes(writeZip([{ name, data: Buffer.from('text') }]))
    for (const fact of result.facts) {
      expect(fact.name.length).toBeLessThanOrEqual(1024)
      expect(fact.evidence?.length ?? 0).toBeLessThanOrEqual(4096)
      expect(fact.location.member?.length ?? 0).toBeLessThanOrEqual(1024)
    }
  })
})

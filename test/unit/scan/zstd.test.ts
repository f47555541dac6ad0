import { zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { scanBytes } from '../../fixtures/scan-bytes'

const CALLS_ECHO = Buffer.from("cposix\nsystem\n(S'echo'\ntR.")

describe('a Zstandard stream', () => {
  test('is read through', () => {
    const result = scanBytes(zstdCompressSync(CALLS_ECHO))
    expect(result).toMatchObject({ format: 'zstd', status: 'complete', verdict: 'malicious' })
  })
  test('of two frames is read as one', () => {
    const frames = [CALLS_ECHO.subarray(0, 5), CALLS_ECHO.subarray(5)].map((part) =>
      zstdCompressSync(part),
    )
    expect(scanBytes(Buffer.concat(frames)).verdict).toBe('malicious')
  })
  test('that is cut is not clean', () => {
    const bytes = zstdCompressSync(Buffer.alloc(10_000, 'text '))
    expect(scanBytes(bytes.subarray(0, bytes.length - 3))).toMatchObject({
      status: 'inconclusive',
      verdict: expect.not.stringMatching('clean'),
    })
  })
  test('that unpacks beyond its limits is a bomb', () => {
    const result = scanBytes(zstdCompressSync(Buffer.alloc(64 * 1024 * 1024)))
    expect(result.status).toBe('inconclusive')
    expect(result.names('structure')).toContain('limit.ratio')
  })
})

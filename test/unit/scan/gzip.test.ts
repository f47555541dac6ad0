import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { callPickle } from '../../fixtures/pickle-writer'
import { scanBytes } from '../../fixtures/scan-bytes'

const payload = callPickle('os', 'system')
const text = Buffer.from('Some readable lines.\n'.repeat(20))

describe('a compressed stream', () => {
  test.each([
    ['gzip', gzipSync(text)],
    ['gzip', Buffer.concat([gzipSync(text), gzipSync(text)])],
    ['gzip', Buffer.concat([gzipSync(text), Buffer.alloc(512)])],
    ['zlib', deflateSync(text)],
  ])('of text (%s) is complete and clean', (format, bytes) => {
    expect(scanBytes(bytes)).toMatchObject({ format, status: 'complete', verdict: 'clean' })
  })

  test.each([
    ['gzip', gzipSync(payload)],
    ['zlib', deflateSync(payload)],
    ['gzip in gzip', gzipSync(gzipSync(payload))],
    ['the second of two gzip members', Buffer.concat([gzipSync(text), gzipSync(payload)])],
    [
      'two gzip members',
      Buffer.concat([gzipSync(payload.subarray(0, 9)), gzipSync(payload.subarray(9))]),
    ],
    ['the bytes behind gzip', Buffer.concat([gzipSync(text), payload])],
    ['the bytes behind zlib', Buffer.concat([deflateSync(text), payload])],
  ])('gives away a payload in %s', (_, bytes) => {
    const scan = scanBytes(bytes)
    expect(scan.names('call')).toContain('os.system')
    expect(scan.verdict).toBe('malicious')
  })

  test.each([
    ['cut', 0, (bytes: Buffer) => bytes.subarray(0, bytes.length - 500)],
    ['cut', 9, (bytes: Buffer) => bytes.subarray(0, bytes.length - 500)],
    ['damaged', 9, (bytes: Buffer) => bytes.fill(0xff, bytes.length - 500)],
  ])(
    'that is %s (level %i) is inconclusive, and what comes out before is scanned',
    (_, level, damage) => {
      const noise = Array.from({ length: 5000 }, (_, index) => String((index * 7919) % 9973)).join()
      const packed = gzipSync(Buffer.concat([payload, Buffer.from(noise)]), { level })
      const scan = scanBytes(damage(packed))
      expect(scan.names('call')).toContain('os.system')
      expect(scan.status).toBe('inconclusive')
    },
  )

  test.each([
    ['gzip.crc-mismatch', (bytes: Buffer) => bytes.fill(7, bytes.length - 8, bytes.length - 4)],
    ['gzip.truncated', (bytes: Buffer) => bytes.subarray(0, bytes.length - 4)],
  ])('that is damaged is reported as %s', (fact, damage) => {
    const scan = scanBytes(damage(gzipSync(text)))
    expect(scan.names('structure')).toContain(fact)
    expect(scan.verdict).not.toBe('clean')
  })

  test('that unpacks beyond the limit is inconclusive', () => {
    const scan = scanBytes(gzipSync(Buffer.alloc(4 * 1024 * 1024, 65)), {
      unpackedBytes: 1024 * 1024,
      ratio: 10_000,
    })
    expect(scan.names('structure')).toContain('limit.unpacked-bytes')
    expect(scan.status).toBe('inconclusive')
  })
})

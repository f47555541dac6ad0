import { describe, expect, test } from 'vitest'
import { callPickle } from '../../fixtures/pickle-writer'
import { scanBytes } from '../../fixtures/scan-bytes'
import { writeZip, type ZipMember, type ZipOptions } from '../../fixtures/zip-writer'

const payload = callPickle('os', 'system')
const notes = Buffer.from('Nothing but notes.\n')
const evil: ZipMember = { name: 'model/weights.dat', data: payload }

describe('a zip archive', () => {
  test.each<[string, ZipMember[], ZipOptions]>([
    ['stored', [{ name: 'notes.txt', data: notes }], {}],
    ['deflated', [{ name: 'notes.txt', data: notes, method: 8 }], {}],
    ['with data descriptors', [{ name: 'notes.txt', data: notes, descriptor: true }], {}],
    ['with 64-bit sizes', [{ name: 'notes.txt', data: notes, zip64: true }], {}],
    [
      'with 64-bit descriptors',
      [{ name: 'notes.txt', data: notes, zip64: true, descriptor: true }],
      {},
    ],
    ['with a 64-bit end record', [{ name: 'notes.txt', data: notes }], { zip64End: true }],
    ['with a comment', [{ name: 'notes.txt', data: notes }], { comment: 'made by hand' }],
    ['without members', [], {}],
  ])('that is well formed (%s) is complete and clean', (_, members, options) => {
    const scan = scanBytes(writeZip(members, options))
    expect(scan).toMatchObject({ format: 'zip', status: 'complete', verdict: 'clean' })
    expect(scan.names('structure')).toEqual([])
  })

  test.each<[string, ZipMember[]]>([
    ['stored', [evil]],
    ['deflated', [{ ...evil, method: 8 }]],
    ['behind a wrong checksum (CVE-2025-10156)', [{ ...evil, claims: { crc: 1 } }]],
    ['behind flag bit 0x1 (CVE-2025-1945)', [{ ...evil, local: { flags: 0x1 } }]],
    ['behind flag bit 0x20 (CVE-2025-1945)', [{ ...evil, local: { flags: 0x20 } }]],
    ['behind flag bit 0x40 (CVE-2025-1945)', [{ ...evil, local: { flags: 0x40 } }]],
    ['under another local name (CVE-2025-1944)', [{ ...evil, local: { name: 'x' } }]],
    ['that claims to be encrypted', [{ ...evil, claims: { flags: 1 } }]],
    ['that the directory does not list', [{ ...evil, listed: false }]],
    ['first of two members of one name', [evil, { ...evil, data: notes }]],
    ['second of two members of one name', [{ ...evil, data: notes }, evil]],
    ['between members', [{ name: 'notes.txt', data: notes, before: payload }]],
    ['behind compressed data', [{ name: 'a', data: notes, method: 8, slack: payload }]],
    ['that is longer by its local header', [{ ...evil, claims: { packedBytes: 2 } }]],
    [
      'that is stored by its local header only',
      [{ ...evil, claims: { method: 8 }, local: { method: 0 } }],
    ],
    [
      'in a zip in a zip',
      [{ name: 'inner', data: writeZip([{ name: 'x', data: writeZip([evil]) }]) }],
    ],
  ])('gives away a payload %s', (_, members) => {
    const scan = scanBytes(writeZip(members))
    expect(scan.names('call')).toContain('os.system')
    expect(scan.verdict).toBe('malicious')
  })

  test.each<[string, ZipOptions]>([
    ['in front', { prefix: payload }],
    ['in front, counted by the offsets', { prefix: payload, prefixCounted: true }],
    ['before the directory', { beforeDirectory: payload }],
    ['in the comment', { comment: payload }],
    ['behind the end', { suffix: payload }],
  ])('gives away a payload %s', (_, options) => {
    const scan = scanBytes(writeZip([{ name: 'notes.txt', data: notes }], options))
    expect(scan.names('call')).toContain('os.system')
    expect(scan.verdict).toBe('malicious')
  })

  test.each<[string, ZipMember[], ZipOptions]>([
    ['zip.name-mismatch', [{ name: 'a', data: notes, local: { name: 'b' } }], {}],
    ['zip.flags-mismatch', [{ name: 'a', data: notes, local: { flags: 0x40 } }], {}],
    ['zip.method-mismatch', [{ name: 'a', data: notes, local: { method: 8 } }], {}],
    ['zip.size-mismatch', [{ name: 'a', data: notes, local: { bytes: 3 } }], {}],
    ['zip.size-mismatch', [{ name: 'a', data: notes, method: 8, claims: { bytes: 3 } }], {}],
    ['zip.crc-mismatch', [{ name: 'a', data: notes, claims: { crc: 3 } }], {}],
    ['zip.crc-field-mismatch', [{ name: 'a', data: notes, local: { crc: 3 } }], {}],
    ['zip.descriptor-mismatch', [{ name: 'a', data: notes, descriptor: { crc: 3 } }], {}],
    ['zip.encrypted', [{ name: 'a', data: notes, claims: { flags: 1 } }], {}],
    [
      'zip.duplicate-name',
      [
        { name: 'a', data: notes },
        { name: 'a', data: notes },
      ],
      {},
    ],
    [
      'zip.overlapping-members',
      [
        { name: 'a', data: notes },
        { name: 'b', data: notes, sameAs: 0 },
      ],
      {},
    ],
    ['zip.hidden-member', [{ name: 'a', data: notes, listed: false }], {}],
    ['zip.member-slack', [{ name: 'a', data: notes, method: 8, slack: Buffer.from('more') }], {}],
    ['zip.truncated-member', [{ name: 'a', data: notes, claims: { packedBytes: 9999 } }], {}],
    ['zip.path-traversal', [{ name: '../../a', data: notes }], {}],
    ['zip.path-absolute', [{ name: '/etc/a', data: notes }], {}],
    ['zip.path-absolute', [{ name: 'C:\\a', data: notes }], {}],
    ['zip.name-null', [{ name: 'a\0.txt', data: notes }], {}],
    ['zip.name-control', [{ name: 'a\u202etxt.exe', data: notes }], {}],
    ['zip.link-outside', [{ name: 'a', data: Buffer.from('../../b'), mode: 0o120777 }], {}],
    [
      'zip.gap-data',
      [
        { name: 'a', data: notes },
        { name: 'b', data: notes, before: Buffer.from('more') },
      ],
      {},
    ],
    ['zip.prefix-data', [{ name: 'a', data: notes }], { prefix: Buffer.from([0, 1, 2, 3, 1]) }],
    ['zip.suffix-data', [{ name: 'a', data: notes }], { suffix: Buffer.from('more') }],
    ['zip.entry-count', [{ name: 'a', data: notes }], { entries: 7 }],
    ['zip.zip64-mismatch', [{ name: 'a', data: notes }], { zip64End: { entries: 3 } }],
    [
      'zip.second-directory',
      [{ name: 'a', data: notes }],
      { comment: writeZip([{ name: 'b', data: notes }]) },
    ],
  ])('that is broken is reported as %s and never clean', (fact, members, options) => {
    const scan = scanBytes(writeZip(members, options))
    expect(scan.names('structure')).toContain(fact)
    expect(scan.verdict).not.toBe('clean')
  })

  test.each([
    ['its directory', 40],
    ['its end record', 4],
  ])('that lost %s is still read by its local headers', (_, cut) => {
    const bytes = writeZip([evil])
    const scan = scanBytes(bytes.subarray(0, bytes.length - cut))
    expect(scan.names('structure')).toContain('zip.no-directory')
    expect(scan.names('call')).toContain('os.system')
    expect(scan.status).toBe('inconclusive')
  })

  test('with an unknown compression method is inconclusive and says which', () => {
    const scan = scanBytes(writeZip([{ name: 'a', data: notes, method: 93 }]))
    expect(scan.status).toBe('inconclusive')
    expect(scan.reason).toContain('Zstandard')
  })

  test('that unpacks beyond the ratio is a bomb, and its beginning is scanned', () => {
    const data = Buffer.concat([payload, Buffer.alloc(8 * 1024 * 1024)])
    const scan = scanBytes(writeZip([{ name: 'a', data, method: 8 }]), { ratio: 10 })
    expect(scan.names('structure')).toContain('limit.ratio')
    expect(scan.names('call')).toContain('os.system')
    expect(scan.status).toBe('inconclusive')
  })

  test('nested deeper than the limit is inconclusive and names the member', () => {
    let bytes = writeZip([{ name: 'x', data: notes }])
    for (let level = 0; level < 4; level++) bytes = writeZip([{ name: 'in', data: bytes }])
    const scan = scanBytes(bytes, { depth: 3 })
    expect(scan.names('structure')).toContain('limit.depth')
    expect(scan.reason).toMatch(/^In in!in!in!in: It is nested deeper/)
  })

  test('with more members than the limit is inconclusive', () => {
    const members = Array.from({ length: 30 }, (_, index) => ({ name: `${index}`, data: notes }))
    const scan = scanBytes(writeZip(members), { members: 20 })
    expect(scan.names('structure')).toContain('limit.members')
    expect(scan.status).toBe('inconclusive')
  })

  test('with an opaque member is inconclusive', () => {
    const scan = scanBytes(
      writeZip([{ name: 'blob', data: Buffer.from([0, 255, 1, 254, 2, 0, 0]) }]),
    )
    expect(scan).toMatchObject({
      status: 'inconclusive',
      reason: 'In blob: No parser knows this content.',
    })
  })

  test.each([
    ['npz', [{ name: 'a.npy', data: Buffer.from('') }]],
    ['jar', [{ name: 'META-INF/MANIFEST.MF', data: notes }]],
    ['wheel', [{ name: 'x-1.dist-info/WHEEL', data: notes }]],
    [
      'keras',
      [
        { name: 'config.json', data: Buffer.from('{}') },
        { name: 'metadata.json', data: Buffer.from('{}') },
      ],
    ],
  ])('of the shape of %s is called that', (format, members) => {
    expect(scanBytes(writeZip(members)).format).toBe(format)
  })
})

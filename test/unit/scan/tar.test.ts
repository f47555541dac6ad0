import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTar } from '../../../electron/core/scan/child/archive/tar'
import { parseBytes } from '../../fixtures/parse-recorder'
import { callPickle, pickle } from '../../fixtures/pickle-writer'
import { binarySize, gnuLong, pax, tar, tarMember } from '../../fixtures/tar-writer'

const file = { name: 'model/weights.bin', content: 'some weights' }
const parse = (bytes: Buffer, limits = {}) => parseBytes(parseTar, bytes, limits)

describe('good archives', () => {
  for (const magic of ['ustar', 'gnu', 'old'] as const)
    test(`${magic} headers are read, and members are scanned by content`, () => {
      const { outcome, names, members } = parse(
        tar({ ...file, magic }, { name: 'b', content: 'B' }),
      )
      expect(outcome).toEqual({ status: 'complete', reason: null })
      expect(names('structure')).toEqual([])
      expect(members.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
        ['model/weights.bin', 'some weights'],
        ['b', 'B'],
      ])
    })

  test('a prefix comes before the name', () => {
    expect(parse(tar({ ...file, prefix: 'long/folder' })).names('member')).toEqual([
      'long/folder/model/weights.bin',
    ])
  })

  test('pax records give name and size', () => {
    const member = tarMember({ name: 'short', content: 'abc', size: 0 })
    const { members, outcome } = parse(tar(pax({ path: 'näme', size: '3' }), member))
    expect(members.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([['näme', 'abc']])
    expect(outcome.status).toBe('complete')
  })

  test('global pax records hold for all members', () => {
    const { names } = parse(tar(pax({ comment: 'x' }, 'g'), file))
    expect(names('member')).toEqual([file.name])
  })

  test('GNU names and links may be long', () => {
    const long = `${'folder/'.repeat(40)}file`
    const link = { name: 'l', type: '2', link: 'cut' }
    const { names, facts } = parse(tar(gnuLong('L', long), file, gnuLong('K', long), link))
    expect(names('member')).toEqual([long, 'l'])
    expect(facts.find(({ name }) => name === 'tar.link')?.evidence).toContain(long)
  })

  test('sizes may be written in base 256', () => {
    const { members } = parse(tar({ ...file, size: binarySize(12n) }))
    expect(members[0]?.bytes.toString()).toBe('some weights')
  })

  test('folders and links inside the archive are complete', () => {
    const archive = tar({ name: 'd/', type: '5' }, { name: 'd/l', type: '2', link: '../a' }, file)
    const { outcome, names } = parse(archive)
    expect(outcome.status).toBe('complete')
    expect(names('structure')).toEqual(['tar.link'])
  })

  test('padding up to a record of 10 KiB is no data', () => {
    const { outcome } = parse(Buffer.concat([tar(file), Buffer.alloc(8704)]))
    expect(outcome.status).toBe('complete')
  })

  test('the tar of torch 0.1.1 is named, and its pickles are walked', () => {
    const none = pickle().int(0).stop().bytes()
    const archive = tar(
      { name: 'sys_info', content: none },
      { name: 'pickle', content: Buffer.concat([callPickle('posix', 'system')]) },
      { name: 'tensors', content: none },
      { name: 'storages', content: none },
    )
    const { format, names } = parse(archive)
    expect(format).toBe('pytorch-tar')
    expect(names('call')).toContain('posix.system')
  })
})

describe('members that write where they should not', () => {
  const cases: [title: string, fact: string, archive: Buffer][] = [
    ['a path upwards', 'tar.path-traversal', tar({ ...file, name: '../../etc/cron.d/x' })],
    ['an absolute path', 'tar.path-absolute', tar({ ...file, name: '/etc/passwd' })],
    ['a drive', 'tar.path-absolute', tar({ ...file, name: 'C:/x' })],
    ['a backslash', 'tar.path-backslash', tar({ ...file, name: 'a\\b' })],
    ['a zero byte in a pax name', 'tar.name-null', tar(pax({ path: 'a\0b' }), file)],
    [
      'a symbolic link outside',
      'tar.link-outside',
      tar({ name: 'd/l', type: '2', link: '../../x' }),
    ],
    ['an absolute link', 'tar.link-outside', tar({ name: 'l', type: '2', link: '/etc' })],
    ['a hard link outside', 'tar.link-outside', tar({ name: 'd/l', type: '1', link: '../x' })],
    [
      'a member behind a link',
      'tar.through-link',
      tar({ name: 'l', type: '2', link: 'd' }, { ...file, name: './l/x' }),
    ],
    ['a device', 'tar.device', tar({ name: 'sda', type: '4' })],
    ['a pipe', 'tar.device', tar({ name: 'pipe', type: '6' })],
    ['one place twice', 'tar.duplicate-name', tar(file, { ...file, name: './model//weights.bin' })],
  ]
  for (const [title, fact, archive] of cases)
    test(`${title}: ${fact}`, () => {
      expect(parse(archive).names('structure')).toContain(fact)
    })
})

describe('broken archives', () => {
  const second = tarMember({ name: 'second', content: 'hidden' })
  const cases: [title: string, fact: string, archive: Buffer][] = [
    ['a wrong checksum', 'tar.bad-checksum', tar(file, { ...file, name: 'b', checksumError: 1 })],
    [
      'a size of letters',
      'tar.bad-size',
      tar({ ...file, size: Buffer.from('size\0\0\0\0\0\0\0\0') }),
    ],
    ['a size beyond the file', 'tar.truncated', tar({ ...file, size: 1_000_000 })],
    ['a size of 2^63', 'tar.bad-size', tar({ ...file, size: binarySize(1n << 63n) })],
    ['an end in a header', 'tar.truncated', Buffer.concat([tarMember(file), Buffer.alloc(100, 1)])],
    ['no end', 'tar.missing-end', tarMember(file)],
    ['two sizes', 'tar.size-mismatch', tar(pax({ size: '4' }), file)],
    ['a link with data', 'tar.unexpected-size', tar({ ...file, type: '2', link: 'x' }, second)],
    [
      'a damaged pax record',
      'tar.bad-extension',
      tar(tarMember({ name: 'p', type: 'x', content: '99 path=x\n' }), file),
    ],
    [
      'a pax header of 2 MiB',
      'tar.extension-too-long',
      tar(pax({ comment: 'x'.repeat(2_000_000) }), file),
    ],
    ['an old sparse file', 'tar.sparse', tar({ ...file, type: 'S', magic: 'gnu' })],
    ['a pax sparse file', 'tar.sparse', tar(pax({ 'GNU.sparse.major': '1' }), file)],
    ['an unknown type', 'tar.unknown-type', tar({ ...file, type: 'Q' })],
    [
      'members behind one zero block',
      'tar.lone-zero-block',
      Buffer.concat([tarMember(file), Buffer.alloc(512), second, Buffer.alloc(1024)]),
    ],
    [
      'bytes behind the end',
      'tar.trailing-data',
      Buffer.concat([tar(file), Buffer.from('PK\x03\x04')]),
    ],
    [
      'a name that no system holds',
      'tar.path-too-long',
      tar(pax({ path: 'x/'.repeat(5000) }), file),
    ],
  ]
  for (const [title, fact, archive] of cases)
    test(`${title}: ${fact}`, () => {
      const { names, outcome } = parse(archive)
      expect(names('structure')).toContain(fact)
      expect(outcome.status).not.toBe('complete')
    })

  test('members behind a single zero block are scanned', () => {
    const archive = Buffer.concat([tarMember(file), Buffer.alloc(512), second, Buffer.alloc(1024)])
    expect(parse(archive).names('member')).toEqual([file.name, 'second'])
  })

  test('what follows the end, or a damaged header, is scanned by content', () => {
    const behind = Buffer.concat([tar(file), tar({ name: 'second', content: 'hidden' })])
    expect(parse(behind).members.at(-1)?.bytes.includes('hidden')).toBe(true)
    const damaged = tar({ ...file, checksumError: 1 }, { name: 'second', content: 'hidden' })
    expect(parse(damaged).members.at(-1)?.bytes.includes('hidden')).toBe(true)
  })

  test('links and folders count as members', () => {
    const links = Array.from({ length: 20 }, (_, i) => ({ name: `l${i}`, type: '2', link: 'a' }))
    const { names, outcome } = parse(tar(...links), { members: 10 })
    expect(names('structure')).toContain('limit.members')
    expect(outcome.status).toBe('inconclusive')
  })
})

describe('laws', () => {
  const archive = tar(
    pax({ path: 'a/b', size: '12' }),
    file,
    gnuLong('L', 'c/d'),
    { ...file, type: '2', link: 'x', content: '' },
    { name: 'e', content: 'E' },
  )

  test('an archive that is cut inside its members is never complete', () => {
    for (let length = 1; length < archive.length - 1024; length += 13)
      expect(parse(archive.subarray(0, length)).outcome.status, `${length}`).not.toBe('complete')
  })

  test('mutated bytes only ever throw what a parser may throw', () => {
    const mutation = fc.array(fc.record({ at: fc.nat(archive.length - 1), value: fc.nat(255) }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(mutation, (changes) => {
        const mutated = Buffer.from(archive)
        for (const { at, value } of changes) mutated[at] = value
        parse(mutated)
      }),
      { numRuns: 1000 },
    )
  })

  test('a header of any fields with a right checksum only ever throws what a parser may throw', () => {
    const member = fc.record({
      name: fc.string({ maxLength: 100 }),
      type: fc.constantFrom('0', '1', '2', '5', 'x', 'g', 'L', 'K', 'S', '\0', '~'),
      size: fc.oneof(fc.nat(4096), fc.bigInt(0n, (1n << 64n) - 1n).map(binarySize)),
      content: fc.string({ maxLength: 700 }),
    })
    fc.assert(
      fc.property(fc.array(member, { maxLength: 4 }), (members) => {
        parse(tar(...members))
      }),
    )
  })
})

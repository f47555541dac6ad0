import { describe, expect, test } from 'vitest'
import { bytesOf, u16, u32 } from '../../fixtures/bytes'
import { createRandom, mutate } from '../../fixtures/mutate'
import { scanBytes } from '../../fixtures/scan-bytes'

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const rulesOf = (bytes: Uint8Array, name: string) =>
  scanBytes(bytes, { name }).findings.map(({ ruleId }) => ruleId)

const elf = bytesOf(
  '\x7fELF',
  Buffer.from([2, 1, 1, 0]),
  Buffer.alloc(8),
  u16(3),
  u16(62),
  u32(1),
  Buffer.alloc(40),
)

const DOTNET = 14
/** A PE32+ library with two sections; `filled` are the data directories that are there. */
function pe({
  filled = [],
  sections = ['.text', '.rsrc'],
}: {
  filled?: number[]
  sections?: string[]
}) {
  const directories = Array.from({ length: 16 }, (_, index) =>
    bytesOf(u32(0x1000), u32(filled.includes(index) ? 64 : 0)),
  )
  const optional = bytesOf(
    u16(0x20b),
    Buffer.alloc(66),
    u16(3),
    Buffer.alloc(38),
    u32(16),
    ...directories,
  )
  return bytesOf(
    'MZ',
    Buffer.alloc(58),
    u32(64),
    'PE\0\0',
    u16(0x8664),
    u16(sections.length),
    Buffer.alloc(12),
    u16(optional.length),
    u16(0x2022),
    optional,
    ...sections.map((name) => bytesOf(name.padEnd(8, '\0'), Buffer.alloc(32))),
  )
}

describe('a program', () => {
  test.each<[string, Uint8Array, string]>([
    ['an ELF shared library for x86-64', elf, 'libmodel.so'],
    ['a Windows library for x86-64', pe({}), 'model.dll'],
    ['a Windows .NET library for x86-64', pe({ filled: [DOTNET] }), 'model.dll'],
    [
      'a macOS library for Arm 64',
      bytesOf(u32(0xfeedfacf), u32(0x100000c), u32(0), u32(6), Buffer.alloc(16)),
      'model.dylib',
    ],
    ['a Java class for version 21', latin('\xca\xfe\xba\xbe\0\0\0\x41'), 'Model.class'],
    ['an Android program', latin('dex\n035\0'), 'classes.dex'],
  ])('is described by its header as %s', (label, bytes, name) => {
    const result = scanBytes(bytes, { name })
    expect(result.reason).toBe(`It is ${label}; programs are not examined further.`)
    expect(result).toMatchObject({ status: 'inconclusive', verdict: 'suspicious' })
    expect(result.findings.map(({ ruleId }) => ruleId)).toEqual(['content.executable'])
  })

  test.each(['weights.bin', 'model.onnx', 'picture.png', 'readme.md', 'x/config.json'])(
    'named %s is malicious',
    (name) => {
      for (const bytes of [elf, pe({})])
        expect(scanBytes(bytes, { name }).verdict).toBe('malicious')
      expect(rulesOf(elf, name)).toEqual(['executable.disguised'])
    },
  )

  test.each(['report.pdf.exe', 'model.safetensors  .exe', 'a\u202egnp.exe'])(
    'named %j is malicious',
    (name) => {
      expect(rulesOf(pe({}), name)).toEqual(['executable.disguised'])
    },
  )

  test('shows whether it is signed and packed', () => {
    const [fact] = scanBytes(pe({ filled: [4], sections: ['UPX0', 'UPX1'] })).facts
    expect(fact?.detail).toMatchObject({ signed: true, packed: true, dotnet: false })
  })

  test('of WebAssembly is of low severity and shows what it imports', () => {
    const imports = latin('\x01\x16wasi_snapshot_preview1\x08fd_write\0\0')
    const module = bytesOf('\0asm\x01\0\0\0', Buffer.from([2, imports.length]), imports)
    const { findings } = scanBytes(module, { name: 'runtime.wasm' })
    expect(findings).toMatchObject([{ ruleId: 'executable.webassembly', severity: 'low' }])
    expect(findings[0]?.evidence).toContain('imports wasi_snapshot_preview1')
  })

  test('of compiled Python is of low severity, and malicious under another name', () => {
    const pyc = bytesOf(u16(3531), '\r\n', Buffer.alloc(12), Buffer.from([0xe3]), Buffer.alloc(20))
    expect(rulesOf(pyc, '__pycache__/a.cpython-312.pyc')).toEqual(['executable.bytecode'])
    expect(rulesOf(pyc, 'weights.bin')).toEqual(['executable.disguised'])
  })
})

/** A Windows shortcut with a relative path and arguments (MS-SHLLINK). */
function shortcut(path: string, parameters: string): Buffer {
  const text = (value: string) => bytesOf(u16(value.length), Buffer.from(value, 'utf16le'))
  return bytesOf(
    u32(76),
    latin('\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F'),
    u32(0x8 + 0x20 + 0x80),
    Buffer.alloc(52),
    text(path),
    text(parameters),
  )
}

describe('what starts a program', () => {
  test.each<[string, Uint8Array, string, string]>([
    ['a shortcut', shortcut('.\\setup.exe', ''), 'executable.shortcut', 'setup.exe'],
    [
      'a shortcut with a command',
      shortcut('C:\\Windows\\System32\\cmd.exe', '/c echo harmless'),
      'executable.shortcut-command',
      'echo harmless',
    ],
    [
      'a launcher',
      latin('[Desktop Entry]\nType=Application\nExec=/opt/model/run\n'),
      'executable.shortcut',
      '/opt/model/run',
    ],
    [
      'a launcher with a command',
      latin('#!/usr/bin/env xdg-open\n[Desktop Entry]\nExec=sh -c "echo harmless"\n'),
      'executable.shortcut-command',
      'echo harmless',
    ],
    [
      'an internet shortcut to a share',
      latin('[InternetShortcut]\r\nURL=file://server/share/x.exe\r\n'),
      'executable.shortcut',
      'server/share',
    ],
  ])('is reported: %s', (_, bytes, ruleId, evidence) => {
    const { findings } = scanBytes(bytes, { name: 'start' })
    expect(findings.map((finding) => finding.ruleId)).toEqual([ruleId])
    expect(findings[0]?.evidence).toContain(evidence)
  })

  test('is clean when it is the address of a web page', () => {
    const link = latin('[InternetShortcut]\r\nURL=https://example.invalid/\r\n')
    expect(scanBytes(link)).toMatchObject({ status: 'complete', verdict: 'clean' })
  })
})

describe('a compound file', () => {
  const compound = (clsid: string, rest = '') => {
    const head = Buffer.alloc(512)
    head.write('d0cf11e0a1b11ae1', 'hex')
    head.writeUInt16LE(9, 30)
    const root = Buffer.alloc(512)
    root.write(clsid, 80, 'hex')
    return bytesOf(head, root, Buffer.from(rest, 'utf16le'))
  }

  test('that is an installer is a program', () => {
    const installer = compound('84100c0000000000c000000000000046')
    expect(rulesOf(installer, 'setup.msi')).toEqual(['content.executable'])
  })

  test('with macros is suspicious', () => {
    expect(rulesOf(compound('00', '_VBA_PROJECT'), 'table.xls')).toEqual(['executable.macros'])
  })
})

test('a damaged program never makes its parser fail and is never clean without having been read', () => {
  const seeds = [
    elf,
    pe({ filled: [4, 14] }),
    shortcut('a', 'b'),
    latin('\0asm\x01\0\0\0\x02\x09\x01\x01a\x01b\0\0'),
  ]
  const random = createRandom(5)
  for (let index = 0; index < 800; index++) {
    const seed = random.pick(seeds)
    const result = scanBytes(mutate(seed, random.pick(seeds), random).bytes, { name: 'a.exe' })
    expect(result.status).not.toBe('error')
    if (result.status !== 'complete') expect(result.verdict).not.toBe('clean')
  }
})

import { type ByteSource, readBytes } from '../byte-source'
import { headerOf, type Program } from './program'

/** IMAGE_FILE_HEADER.Machine and Characteristics (Microsoft, "PE Format"). */
const MACHINES: Readonly<Record<number, string>> = {
  332: 'x86',
  448: 'Arm',
  452: 'Arm',
  512: 'Itanium',
  34404: 'x86-64',
  43620: 'Arm 64',
  3772: 'EFI byte code',
}
const DLL = 0x2000
const SUBSYSTEM_DRIVER = 1
const PE32_PLUS = 0x20b
const DIRECTORY_SIGNATURE = 4
const DIRECTORY_DOTNET = 14
const MOST_SECTIONS = 96

/** COFF header, optional header and names of sections. A signature is noted, not verified. */
export function describePe(source: ByteSource): Program {
  const start = headerOf(readBytes(source, 0, 64)).u32(60)
  const bytes = readBytes(source, start, 24 + 240 + MOST_SECTIONS * 40)
  const { u16, u32 } = headerOf(bytes)
  const machine = MACHINES[u16(4)] ?? `machine ${u16(4).toString(16)}`
  const sections = Math.min(u16(6), MOST_SECTIONS)
  const optional = u16(20)
  const wide = u16(24) === PE32_PLUS
  const directories = 24 + (wide ? 112 : 96)
  const filled = (index: number) =>
    index < u32(directories - 4) && u32(directories + 8 * index + 4) > 0
  const names = Array.from({ length: sections }, (_, index) => {
    const at = 24 + optional + 40 * index
    return bytes.toString('latin1', at, at + 8).replace(/[^\x20-\x7e]/g, '')
  })
  const isLibrary = (u16(22) & DLL) !== 0
  const kind = u16(24 + 68) === SUBSYSTEM_DRIVER ? 'driver' : isLibrary ? 'library' : 'program'
  const dotnet = filled(DIRECTORY_DOTNET)
  return {
    label: `a Windows ${dotnet ? '.NET ' : ''}${kind} for ${machine}`,
    detail: {
      type: kind,
      architecture: machine,
      bits: wide ? 64 : 32,
      sections,
      signed: filled(DIRECTORY_SIGNATURE),
      dotnet,
      packed: names.some((name) =>
        /^(UPX\d|\.aspack|\.themida|\.vmp\d|MPRESS\d|\.petite)/i.test(name),
      ),
    },
  }
}

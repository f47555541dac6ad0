import { type ByteSource, readBytes } from '../byte-source'
import { headerOf, type Program } from './program'

/** cputype and filetype (mach/machine.h, mach-o/loader.h). */
const CPUS: Readonly<Record<number, string>> = {
  7: 'x86',
  16777223: 'x86-64',
  12: 'Arm',
  16777228: 'Arm 64',
  18: 'PowerPC',
}
const TYPES: Readonly<Record<number, string>> = {
  1: 'object file',
  2: 'program',
  6: 'library',
  8: 'bundle',
  11: 'kernel extension',
}
const FAT = 0xcafebabe
const CODE_SIGNATURE = 0x1d
const MOST_COMMANDS = 512
const MOST_ARCHITECTURES = 16

/** Header and load commands of a Mach-O file, or of the first of several in a universal one. */
export function describeMachO(source: ByteSource): Program {
  const top = headerOf(readBytes(source, 0, 8 + 20 * MOST_ARCHITECTURES), false)
  if (top.u32(0) !== FAT) return describeOne(source, 0)
  const count = Math.min(top.u32(4), MOST_ARCHITECTURES)
  const cpus = Array.from({ length: count }, (_, index) => cpuName(top.u32(8 + 20 * index)))
  const first = describeOne(source, top.u32(8 + 8))
  return {
    label: `a universal macOS ${first.detail.type} for ${cpus.join(' and ')}`,
    detail: { ...first.detail, architecture: cpus.join(', ') },
  }
}

function describeOne(source: ByteSource, start: number): Program {
  const head = readBytes(source, start, 32)
  const little = (head[0] ?? 0) >= 0xce
  const { u32 } = headerOf(head, little)
  const wide = (u32(0) & 1) === 1
  const type = TYPES[u32(12)] ?? 'file'
  const commandBytes = Math.min(u32(20), 64 * 1024)
  const commands = headerOf(readBytes(source, start + (wide ? 32 : 28), commandBytes), little)
  let signed = false
  let at = 0
  for (let index = 0; index < Math.min(u32(16), MOST_COMMANDS); index++) {
    if (commands.u32(at) === CODE_SIGNATURE) signed = true
    at += Math.max(8, commands.u32(at + 4))
  }
  const architecture = cpuName(u32(4))
  return {
    label: `a macOS ${type} for ${architecture}`,
    detail: { type, architecture, bits: wide ? 64 : 32, commands: u32(16), signed },
  }
}

const cpuName = (number: number): string => CPUS[number] ?? `processor ${number}`

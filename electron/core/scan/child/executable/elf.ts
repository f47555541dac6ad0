import { type ByteSource, readBytes } from '../byte-source'
import { headerOf, type Program } from './program'

/** e_type and e_machine of the System V ABI (elf.h). */
const TYPES: Readonly<Record<number, string>> = {
  1: 'object file',
  2: 'program',
  3: 'shared library',
  4: 'core dump',
}
const MACHINES: Readonly<Record<number, string>> = {
  2: 'SPARC',
  3: 'x86',
  8: 'MIPS',
  20: 'PowerPC',
  21: 'PowerPC 64',
  22: 'S390',
  40: 'Arm',
  62: 'x86-64',
  183: 'Arm 64',
  190: 'NVIDIA CUDA',
  224: 'AMD GPU',
  243: 'RISC-V',
  247: 'Linux BPF',
  258: 'LoongArch',
}
const SHARED = 3
const SEGMENT_INTERPRETER = 3
const MOST_SEGMENTS = 64

/** ELF header and program headers. A shared library with an interpreter is a program (PIE). */
export function describeElf(source: ByteSource): Program {
  const head = readBytes(source, 0, 64)
  const wide = head[4] === 2
  const { u16, u32, u64 } = headerOf(head, head[5] !== 2)
  const type = u16(16)
  const table = wide ? u64(32) : u32(28)
  const size = wide ? u16(54) : u16(42)
  const count = Math.min(wide ? u16(56) : u16(44), MOST_SEGMENTS)
  const segments = headerOf(readBytes(source, table, size * count), head[5] !== 2)
  let interpreter = false
  for (let index = 0; index < count && size >= 32; index++)
    if (segments.u32(index * size) === SEGMENT_INTERPRETER) interpreter = true
  const kind = type === SHARED && interpreter ? 'program' : (TYPES[type] ?? 'file')
  const machine = MACHINES[u16(18)] ?? `machine ${u16(18)}`
  return {
    label: `an ELF ${kind} for ${machine}`,
    detail: {
      type: kind,
      architecture: machine,
      bits: wide ? 64 : 32,
      sections: wide ? u16(60) : u16(48),
      // UPX leaves its mark behind the program headers; AppImage in the padding of e_ident.
      packed: readBytes(source, 0, 1024).includes('UPX!'),
      appImage: head.toString('latin1', 8, 10) === 'AI',
    },
  }
}

/** How an opcode's argument is laid out; names follow ArgumentDescriptor in Lib/pickletools.py. */
export type Argument =
  | 'none'
  | 'u1'
  | 'u2'
  | 'u4'
  | 'u8'
  | 'counted1'
  | 'counted4'
  | 'counted4-signed'
  | 'counted8'
  | 'line'
  | 'two-lines'

/** Pops everything above the topmost mark, and the mark. */
export const TO_MARK = -1

/** code, name, argument, items popped (after what TO_MARK pops), items pushed. */
type Row = readonly [
  number,
  string,
  Argument,
  pops: number,
  pushes: number,
  toMark?: typeof TO_MARK,
]

/** Every opcode of protocols 0 to 5: CPython 3.14, Lib/pickletools.py. */
export const OPCODES: readonly Row[] = [
  [0x28, 'MARK', 'none', 0, 0],
  [0x29, 'EMPTY_TUPLE', 'none', 0, 1],
  [0x2e, 'STOP', 'none', 1, 0],
  [0x30, 'POP', 'none', 1, 0],
  [0x31, 'POP_MARK', 'none', 0, 0, TO_MARK],
  [0x32, 'DUP', 'none', 1, 2],
  [0x42, 'BINBYTES', 'counted4', 0, 1],
  [0x43, 'SHORT_BINBYTES', 'counted1', 0, 1],
  [0x46, 'FLOAT', 'line', 0, 1],
  [0x47, 'BINFLOAT', 'u8', 0, 1],
  [0x49, 'INT', 'line', 0, 1],
  [0x4a, 'BININT', 'u4', 0, 1],
  [0x4b, 'BININT1', 'u1', 0, 1],
  [0x4c, 'LONG', 'line', 0, 1],
  [0x4d, 'BININT2', 'u2', 0, 1],
  [0x4e, 'NONE', 'none', 0, 1],
  [0x50, 'PERSID', 'line', 0, 1],
  [0x51, 'BINPERSID', 'none', 1, 1],
  [0x52, 'REDUCE', 'none', 2, 1],
  [0x53, 'STRING', 'line', 0, 1],
  [0x54, 'BINSTRING', 'counted4-signed', 0, 1],
  [0x55, 'SHORT_BINSTRING', 'counted1', 0, 1],
  [0x56, 'UNICODE', 'line', 0, 1],
  [0x58, 'BINUNICODE', 'counted4', 0, 1],
  [0x5d, 'EMPTY_LIST', 'none', 0, 1],
  [0x61, 'APPEND', 'none', 2, 1],
  [0x62, 'BUILD', 'none', 2, 1],
  [0x63, 'GLOBAL', 'two-lines', 0, 1],
  [0x64, 'DICT', 'none', 0, 1, TO_MARK],
  [0x65, 'APPENDS', 'none', 1, 1, TO_MARK],
  [0x67, 'GET', 'line', 0, 1],
  [0x68, 'BINGET', 'u1', 0, 1],
  [0x69, 'INST', 'two-lines', 0, 1, TO_MARK],
  [0x6a, 'LONG_BINGET', 'u4', 0, 1],
  [0x6c, 'LIST', 'none', 0, 1, TO_MARK],
  [0x6f, 'OBJ', 'none', 0, 1, TO_MARK],
  [0x70, 'PUT', 'line', 1, 1],
  [0x71, 'BINPUT', 'u1', 1, 1],
  [0x72, 'LONG_BINPUT', 'u4', 1, 1],
  [0x73, 'SETITEM', 'none', 3, 1],
  [0x74, 'TUPLE', 'none', 0, 1, TO_MARK],
  [0x75, 'SETITEMS', 'none', 1, 1, TO_MARK],
  [0x7d, 'EMPTY_DICT', 'none', 0, 1],
  [0x80, 'PROTO', 'u1', 0, 0],
  [0x81, 'NEWOBJ', 'none', 2, 1],
  [0x82, 'EXT1', 'u1', 0, 1],
  [0x83, 'EXT2', 'u2', 0, 1],
  [0x84, 'EXT4', 'u4', 0, 1],
  [0x85, 'TUPLE1', 'none', 1, 1],
  [0x86, 'TUPLE2', 'none', 2, 1],
  [0x87, 'TUPLE3', 'none', 3, 1],
  [0x88, 'NEWTRUE', 'none', 0, 1],
  [0x89, 'NEWFALSE', 'none', 0, 1],
  [0x8a, 'LONG1', 'counted1', 0, 1],
  [0x8b, 'LONG4', 'counted4-signed', 0, 1],
  [0x8c, 'SHORT_BINUNICODE', 'counted1', 0, 1],
  [0x8d, 'BINUNICODE8', 'counted8', 0, 1],
  [0x8e, 'BINBYTES8', 'counted8', 0, 1],
  [0x8f, 'EMPTY_SET', 'none', 0, 1],
  [0x90, 'ADDITEMS', 'none', 1, 1, TO_MARK],
  [0x91, 'FROZENSET', 'none', 0, 1, TO_MARK],
  [0x92, 'NEWOBJ_EX', 'none', 3, 1],
  [0x93, 'STACK_GLOBAL', 'none', 2, 1],
  [0x94, 'MEMOIZE', 'none', 1, 1],
  [0x95, 'FRAME', 'u8', 0, 0],
  [0x96, 'BYTEARRAY8', 'counted8', 0, 1],
  [0x97, 'NEXT_BUFFER', 'none', 0, 1],
  [0x98, 'READONLY_BUFFER', 'none', 1, 1],
]

const FIXED: Record<Argument, number> = {
  none: 0,
  u1: 1,
  u2: 2,
  u4: 4,
  u8: 8,
  counted1: 1,
  counted4: 4,
  'counted4-signed': 4,
  counted8: 8,
  line: 0,
  'two-lines': 0,
}

/** Row of an opcode by its byte; undefined for a byte that is no opcode. */
export const OPCODE_BY_BYTE: readonly (Row | undefined)[] = Array.from({ length: 256 }, (_, byte) =>
  OPCODES.find((row) => row[0] === byte),
)

/** Bytes of the fixed part of the argument, by opcode byte. */
export const FIXED_BYTES = Uint8Array.from(OPCODE_BY_BYTE, (row) => (row ? FIXED[row[2]] : 0))

export const opcodeName = (byte: number): string =>
  OPCODE_BY_BYTE[byte]?.[1] ?? `0x${byte.toString(16).padStart(2, '0')}`

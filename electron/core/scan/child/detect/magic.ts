import { type ByteSource, readBytes } from '../byte-source'

interface Magic {
  format: string
  offset: number
  bytes: Buffer
}

const at = (format: string, offset: number, bytes: string | number[]): Magic => ({
  format,
  offset,
  bytes: Buffer.from(bytes as string, 'latin1'),
})

/**
 * Signatures that are long enough to decide alone. Sources: the formats' own specifications, and
 * the tables of file(1) where a format has none.
 */
const MAGICS: readonly Magic[] = [
  at('zip', 0, 'PK\x03\x04'),
  at('zip', 0, 'PK\x05\x06'),
  at('gzip', 0, '\x1f\x8b\x08'),
  at('bzip2', 0, 'BZh'),
  at('xz', 0, '\xfd7zXZ\x00'),
  at('zstd', 0, '\x28\xb5\x2f\xfd'),
  at('lz4', 0, '\x04\x22\x4d\x18'),
  at('7z', 0, '7z\xbc\xaf\x27\x1c'),
  at('rar', 0, 'Rar!\x1a\x07'),
  at('npy', 0, '\x93NUMPY'),
  at('gguf', 0, 'GGUF'),
  at('hdf5', 0, '\x89HDF\r\n\x1a\n'),
  at('executable.elf', 0, '\x7fELF'),
  at('executable.wasm', 0, '\0asm'),
  at('executable.mach-o', 0, '\xfe\xed\xfa\xce'),
  at('executable.mach-o', 0, '\xfe\xed\xfa\xcf'),
  at('executable.mach-o', 0, '\xce\xfa\xed\xfe'),
  at('executable.mach-o', 0, '\xcf\xfa\xed\xfe'),
  at('executable.dex', 0, 'dex\n03'),
  at('executable.object-archive', 0, '!<arch>\n'),
  at('executable.rpm', 0, '\xed\xab\xee\xdb'),
  at('executable.xar', 0, 'xar!\0\x1c'),
  at('executable.cabinet', 0, 'MSCF\0\0\0\0'),
  at('bytecode.lua', 0, '\x1bLua'),
  at('bytecode.llvm', 0, 'BC\xc0\xde'),
  // HeaderSize 76 and the class of links (MS-SHLLINK 2.1).
  at('launcher.windows-shortcut', 0, 'L\0\0\0\x01\x14\x02\0'),
  at('ole2', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
  at('tflite', 4, 'TFL3'),
  at('onnxruntime', 4, 'ORTM'),
  at('pytorch-mobile', 4, 'PTMF'),
  at('executorch', 4, 'ET12'),
  at('image.png', 0, '\x89PNG\r\n\x1a\n'),
  at('image.jpeg', 0, '\xff\xd8\xff'),
  at('image.gif', 0, 'GIF87a'),
  at('image.gif', 0, 'GIF89a'),
  at('image.tiff', 0, 'II*\0'),
  at('image.tiff', 0, 'MM\0*'),
  at('pdf', 0, '%PDF-'),
  at('sqlite', 0, 'SQLite format 3\0'),
  at('parquet', 0, 'PAR1'),
  at('arrow', 0, 'ARROW1'),
  at('xgboost-ubj', 0, '{L\0\0\0\0\0\0'),
  at('xgboost-ubj', 0, '{i\x07learner'),
  at('xgboost-binary', 0, 'binf'),
]

const HDF5 = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1')

/** The format that the first bytes prove, or undefined. `head` holds at least 64 bytes if there are. */
export function formatByMagic(source: ByteSource, head: Buffer): string | undefined {
  for (const { format, offset, bytes } of MAGICS)
    if (startsWith(head, bytes, offset) && (format !== 'bzip2' || isBzip2(head))) return format
  return (
    riff(head) ??
    peOrDos(source, head) ??
    javaOrFatMachO(head) ??
    joblibZfile(head) ??
    pythonBytecode(head) ??
    textShortcut(head) ??
    laterHdf5(source)
  )
}

export function startsWith(bytes: Buffer, prefix: Buffer, offset = 0): boolean {
  return (
    bytes.length >= offset + prefix.length &&
    bytes.compare(prefix, 0, prefix.length, offset, offset + prefix.length) === 0
  )
}

/** Level digit, then the block magic (pi) or that of an empty stream (sqrt pi). */
function isBzip2(head: Buffer): boolean {
  return ['314159265359', '177245385090'].includes(head.toString('hex', 4, 10))
}

function riff(head: Buffer): string | undefined {
  if (head.toString('latin1', 0, 4) !== 'RIFF') return undefined
  const kind = head.toString('latin1', 8, 12)
  if (kind === 'WEBP') return 'image.webp'
  return kind === 'WAVE' ? 'audio.wav' : undefined
}

/** 'ZF', a length in hex padded with blanks, a zlib stream (joblib before 0.10). */
function joblibZfile(head: Buffer): string | undefined {
  return /^ZF0x[0-9a-f]+L?\s*x/.test(head.toString('latin1', 0, 40)) ? 'joblib-zfile' : undefined
}

/** 'MZ' alone is two letters of text; the PE header that offset 60 points to is proof. */
function peOrDos(source: ByteSource, head: Buffer): string | undefined {
  if (head.toString('latin1', 0, 2) !== 'MZ' || head.length < 64) return undefined
  const signature = readBytes(source, head.readUInt32LE(60), 4)
  return signature.equals(Buffer.from('PE\0\0')) ? 'executable.pe' : undefined
}

/** Both start with CAFEBABE: then a count of architectures (< 45) or a class file version (>= 45). */
function javaOrFatMachO(head: Buffer): string | undefined {
  if (head.length < 8 || head.readUInt32BE(0) !== 0xcafebabe) return undefined
  return head.readUInt16BE(6) >= 45 ? 'executable.java-class' : 'executable.mach-o'
}

/**
 * A release number, CR LF, flags (PEP 552), then, behind time and size or a hash, a code object with
 * or without marshal's flag for references. Python 2 has its code at offset 8.
 */
function pythonBytecode(head: Buffer): string | undefined {
  if (head.length < 24 || head.readUInt16LE(2) !== 0x0a0d) return undefined
  const magic = head.readUInt16LE(0)
  const isCode = (at: number) => head[at] === 0x63 || head[at] === 0xe3
  const modern = magic >= 3000 && magic < 4000
  if (modern && ((isCode(16) && head.readUInt32LE(4) <= 3) || isCode(12) || isCode(8)))
    return 'bytecode.python'
  return magic >= 62_000 && magic < 62_300 && isCode(8) ? 'bytecode.python' : undefined
}

/** Launchers of Linux desktops (freedesktop.org) and internet shortcuts of Windows. */
function textShortcut(head: Buffer): string | undefined {
  const text = head.toString('latin1', 0, 1024)
  return /^(?:\xef\xbb\xbf)?(?:\s|#[^\n]*\n)*\[(Desktop Entry|InternetShortcut)\]/.test(text)
    ? 'launcher.text-shortcut'
    : undefined
}

/** A user block moves the HDF5 signature to 512, 1024, 2048, … (HDF5 format specification, II.A). */
function laterHdf5(source: ByteSource): string | undefined {
  for (let offset = 512; offset <= 64 * 1024 && offset + 8 <= source.size; offset *= 2)
    if (readBytes(source, offset, 8).equals(HDF5)) return 'hdf5'
  return undefined
}

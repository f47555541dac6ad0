import { closeSync, openSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'

/** Files of a gigabyte for the benchmark, written in pieces: valid, and with bytes that vary. */
const PIECE = Buffer.alloc(
  1 << 20,
  (() => {
    const noise = Buffer.alloc(4096)
    let state = 1
    for (let i = 0; i < noise.length; i++) {
      state = (state * 1103515245 + 12345) & 0x7fffffff
      noise[i] = state >> 16
    }
    return noise
  })(),
)

function create(path: string) {
  const file = openSync(path, 'w')
  let offset = 0
  const write = (bytes: Uint8Array) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    offset += bytes.length
  }
  return {
    write,
    noise(length: number) {
      for (let left = length; left > 0; left -= PIECE.length)
        write(PIECE.subarray(0, Math.min(left, PIECE.length)))
    },
    at: () => offset,
    close: () => closeSync(file),
  }
}

const u16 = (n: number) => Buffer.from([n & 255, n >> 8])
const u32 = (n: number) => {
  const b = Buffer.alloc(4)
  b.writeUInt32LE(n)
  return b
}
const u64 = (n: number) => {
  const b = Buffer.alloc(8)
  b.writeBigUInt64LE(BigInt(n))
  return b
}
const text = (value: string) => Buffer.from(value)

/** Opcodes of protocol 4 that the files below need (CPython, Lib/pickletools.py). */
const string = (value: string) => Buffer.concat([Buffer.from([0x8c, value.length]), text(value)])
const global = (module: string, name: string) =>
  Buffer.concat([string(module), string(name), Buffer.from([0x93])])
const integer = (n: number) => Buffer.concat([text('J'), u32(n)])

const TENSORS = 400

/** `torch.save` of a state dict with 400 float tensors: stored zip, data.pkl with persistent ids. */
export function writeTorchZip(path: string, bytes: number): void {
  const file = create(path)
  const each = Math.floor(bytes / TENSORS / 4) * 4
  const central: Buffer[] = []
  const member = (name: string, length: number, crc: number, body: () => void) => {
    const start = file.at()
    // PyTorch pads with an extra field so that storages start at multiples of 64.
    const padding = (64 - ((start + 30 + name.length + 4) % 64)) % 64
    const extra = Buffer.concat([text('FB'), u16(padding), Buffer.alloc(padding, 'Z')])
    const common = [
      u16(0),
      u16(0),
      u16(0),
      u16(0),
      u16(0),
      u32(crc),
      u32(length),
      u32(length),
      u16(name.length),
    ]
    file.write(Buffer.concat([u32(0x04034b50), ...common, u16(extra.length), text(name), extra]))
    body()
    central.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(0),
        ...common,
        u16(0),
        u16(0),
        u16(0),
        u16(0),
        u32(0),
        u32(start),
        text(name),
      ]),
    )
  }
  const pickle = Buffer.concat([
    Buffer.from([0x80, 2, 0x7d, 0x28]),
    ...Array.from({ length: TENSORS }, (_, index) =>
      Buffer.concat([
        longString(`layer${index}.weight`),
        text('ctorch._utils\n_rebuild_tensor_v2\n('),
        Buffer.concat([
          text('('),
          longString('storage'),
          text('ctorch\nFloatStorage\n'),
          longString(String(index)),
          longString('cpu'),
          integer(each / 4),
          text('tQ'),
        ]),
        integer(0),
        integer(each / 4),
        Buffer.from([0x85]),
        integer(1),
        Buffer.from([0x85]),
        Buffer.from([0x89]),
        text('ccollections\nOrderedDict\n)Rt'),
        text('R'),
      ]),
    ),
    text('u.'),
  ])
  member('archive/data.pkl', pickle.length, crc32(pickle), () => file.write(pickle))
  const crc = crcOfNoise(each)
  for (let i = 0; i < TENSORS; i++) member(`archive/data/${i}`, each, crc, () => file.noise(each))
  member('archive/version', 2, crc32('3\n'), () => file.write(text('3\n')))
  const start = file.at()
  for (const record of central) file.write(record)
  const count = central.length
  file.write(
    Buffer.concat([
      u32(0x06054b50),
      u16(0),
      u16(0),
      u16(count),
      u16(count),
      u32(file.at() - start),
      u32(start),
      u16(0),
    ]),
  )
  file.close()
}

const longString = (value: string) => Buffer.concat([text('X'), u32(value.length), text(value)])

function crcOfNoise(length: number): number {
  let crc = 0
  for (let left = length; left > 0; left -= PIECE.length)
    crc = crc32(PIECE.subarray(0, Math.min(left, PIECE.length)), crc)
  return crc
}

export function writeSafetensors(path: string, bytes: number): void {
  const file = create(path)
  const each = Math.floor(bytes / TENSORS / 4) * 4
  const header = Object.fromEntries(
    Array.from({ length: TENSORS }, (_, i) => [
      `layer${i}.weight`,
      { dtype: 'F32', shape: [each / 4], data_offsets: [i * each, (i + 1) * each] },
    ]),
  )
  let json = JSON.stringify(header)
  json += ' '.repeat((8 - (json.length % 8)) % 8)
  file.write(u64(json.length))
  file.write(text(json))
  for (let i = 0; i < TENSORS; i++) file.noise(each)
  file.close()
}

export function writeNpy(path: string, bytes: number): void {
  const file = create(path)
  const items = Math.floor(bytes / 4)
  let header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${items},), }`
  header += `${' '.repeat(63 - ((10 + header.length) % 64))}\n`
  file.write(
    Buffer.concat([
      Buffer.from([0x93]),
      text('NUMPY'),
      Buffer.from([1, 0]),
      u16(header.length),
      text(header),
    ]),
  )
  file.noise(items * 4)
  file.close()
}

/** A list of 400 numpy arrays, as `pickle.dump` writes it with protocol 4. */
export function writePickleOfArrays(path: string, bytes: number): void {
  const file = create(path)
  const each = Math.floor(bytes / TENSORS / 4) * 4
  file.write(Buffer.from([0x80, 4, 0x5d, 0x94, 0x28]))
  for (let i = 0; i < TENSORS; i++) {
    file.write(
      Buffer.concat([
        global('numpy.core.multiarray', '_reconstruct'),
        global('numpy', 'ndarray'),
        integer(0),
        Buffer.from([0x85]),
        text('C\x01b'),
        Buffer.from([0x87]),
        text('R'),
        Buffer.from([0x94]),
        text('('),
        integer(1),
        integer(each / 4),
        Buffer.from([0x85]),
        global('numpy', 'dtype'),
        string('f4'),
        Buffer.from([0x89, 0x88, 0x87]),
        text('R'),
        text('('),
        integer(3),
        string('<'),
        text('NNN'),
        integer(-1 >>> 0),
        integer(-1 >>> 0),
        integer(0),
        text('tb'),
        Buffer.from([0x89, 0x8e]),
        u64(each),
      ]),
    )
    file.noise(each)
    file.write(text('tb'))
  }
  file.write(text('e.'))
  file.close()
}

/** A list of `entries` short strings, each memoised, appended in batches of 1,000 like CPython does. */
export function writeDensePickle(path: string, entries: number): void {
  const file = create(path)
  file.write(Buffer.from([0x80, 4, 0x5d, 0x94]))
  for (let done = 0; done < entries; done += 1000) {
    const count = Math.min(1000, entries - done)
    const items = Array.from(
      { length: count },
      (_, i) => `\x8c\x08${String(done + i).padStart(8, '0')}\x94`,
    )
    file.write(Buffer.from(`(${items.join('')}e`, 'latin1'))
  }
  file.write(text('.'))
  file.close()
}

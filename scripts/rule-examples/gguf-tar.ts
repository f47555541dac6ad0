import { type GgufShape, gguf } from '../../test/fixtures/gguf-writer'
import { pax, tar, tarMember } from '../../test/fixtures/tar-writer'
import { bytes, type PackExamples, pair } from './draft'

const tensor = { name: 'a', shape: [8], bytes: 32 }
const architecture = { key: 'general.architecture', type: 'string', value: 'llama' } as const
const good: GgufShape = { metadata: [architecture], tensors: [tensor] }
const model = (note: string, change: Partial<GgufShape> = {}) =>
  bytes('model.gguf', note, gguf({ ...good, ...change }))
const sound = model('A model of one tensor that is what its header says.')
const file = { name: 'weights.txt', content: 'some weights' }
const archive = (note: string, content: Buffer) => bytes('model.tar', note, content)
const soundTar = archive('One file, a right checksum, an end mark.', tar(file))

export const ggufTar: PackExamples = {
  'gguf.malformed-count': pair(
    model('The header announces 2^60 tensors.', { counts: { tensors: 1n << 60n } }),
    sound,
  ),
  'gguf.malformed-header': pair(
    model('A value has the type 99, which does not exist.', {
      metadata: [{ key: 'x', type: 'raw', value: Buffer.from([99, 0, 0, 0]) }],
    }),
    sound,
  ),
  'gguf.alignment': pair(
    model('The alignment is no power of two.', {
      metadata: [{ key: 'general.alignment', type: 'uint32', value: 48 }],
    }),
    model('An alignment of 32.', {
      metadata: [{ key: 'general.alignment', type: 'uint32', value: 32 }],
    }),
  ),
  'gguf.tensor-bounds': pair(
    model('The tensor is longer than the file.', { tensors: [{ ...tensor, shape: [800] }] }),
    sound,
  ),
  'gguf.duplicate': pair(
    model('Two tensors of one name.', { tensors: [tensor, tensor] }),
    model('Two tensors of two names.', { tensors: [tensor, { ...tensor, name: 'b' }] }),
  ),
  'gguf.hidden-bytes': pair(
    model('A text stands behind the tensors.', {
      trailing: Buffer.from('Another file begins here.\n'),
    }),
    sound,
  ),
  'gguf.unknown-tensor-type': pair(
    model('The tensor has the type 999.', { tensors: [{ ...tensor, type: 999 }] }),
    sound,
  ),
  'tar.traversal': pair(
    archive(
      'A member is written through a link of the archive.',
      tar({ name: 'l', type: '2', link: 'd' }, { ...file, name: './l/x' }),
    ),
    archive(
      'A member in a folder of the archive.',
      tar({ name: 'l/', type: '5' }, { ...file, name: 'l/x' }),
    ),
  ),
  'tar.strange-name': pair(
    archive('A backslash separates folders on Windows only.', tar({ ...file, name: 'a\\b' })),
    archive('A name in another script.', tar(pax({ path: 'größe.txt' }), file)),
  ),
  'tar.parser-disagreement': pair(
    archive('Two members are written to one place.', tar(file, { ...file, name: './weights.txt' })),
    archive('Two members, two places.', tar(file, { ...file, name: 'more.txt' })),
  ),
  'tar.unreadable': pair(
    archive(
      'The checksum of the second header is wrong.',
      tar(file, { ...file, name: 'b', checksumError: 1 }),
    ),
    soundTar,
  ),
  'tar.hidden-bytes': pair(
    archive('Bytes stand behind the end mark.', Buffer.concat([tar(file), Buffer.from('more')])),
    archive(
      'Zeros up to a block of 10 KiB, as tar writes them.',
      Buffer.concat([tar(file), Buffer.alloc(8704)]),
    ),
  ),
  'tar.unusual': pair(archive('The end mark is missing.', tarMember(file)), soundTar),
}

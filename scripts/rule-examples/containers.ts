import { gzipSync } from 'node:zlib'
import { writeNpy } from '../../test/fixtures/npy-writer'
import { callPickle, pickle } from '../../test/fixtures/pickle-writer'
import { writePytorch } from '../../test/fixtures/pytorch-writer'
import { writeSafetensors } from '../../test/fixtures/safetensors-writer'
import { evaluationSamples } from '../../test/fixtures/scan-evaluation/index'
import { tar } from '../../test/fixtures/tar-writer'
import { writeZip, type ZipMember, type ZipOptions } from '../../test/fixtures/zip-writer'
import { bytes, type PackExamples, pair, text } from './draft'

const notes = Buffer.from('Nothing but notes.\n')
const member: ZipMember = { name: 'notes.txt', data: notes }
const zip = (note: string, members: ZipMember[], options: ZipOptions = {}) =>
  bytes('model.zip', note, writeZip(members, options))
const plain = zip('Both headers, the directory and the end record say the same.', [member])
const packed = zip('A compressed member whose headers tell the truth.', [{ ...member, method: 8 }])
const array = (descr: string, shape: string, size: number) =>
  writeNpy(descr, shape, Buffer.alloc(size))
const npy = (note: string, content: Buffer) => bytes('weights.npy', note, content)
const goodArray = npy('Two numbers, as numpy.save writes them.', array("'<f8'", '(2,)', 16))
const tensors = [
  { name: 'a', dtype: 'F32', shape: [2] },
  { name: 'b', dtype: 'F32', shape: [2] },
]
const safe = (note: string, options: Parameters<typeof writeSafetensors>[1] = {}, some = tensors) =>
  bytes('model.safetensors', note, writeSafetensors(some, options))
const goodTensors = safe('Two tensors, one behind the other.')
const f32 = (from: number, to: number) =>
  `{"dtype":"F32","shape":[2],"data_offsets":[${from},${to}]}`

function sample(id: string, note: string) {
  const found = evaluationSamples().find((one) => `${one.family}/${one.name}` === id)
  if (found === undefined) throw new Error(`There is no sample ${id}.`)
  return bytes(found.fileName, note, found.bytes())
}

function nested(levels: number): Buffer {
  let content = writeZip([member])
  for (let level = 0; level < levels; level++)
    content = writeZip([{ name: 'inner.zip', data: content }])
  return content
}

/** A copy with the byte at that place, counted from the end, turned around. */
function withByte(content: Buffer, at: number): Buffer {
  const changed = Buffer.from(content)
  const place = content.length + at
  changed[place] = (changed[place] ?? 0) ^ 0xff
  return changed
}

const noise = Buffer.from(
  Array.from({ length: 3000 }, (_, index) => (index * index * 31 + index) % 251),
)

/** Text that decodes and runs text that decodes and runs … */
function nestedCode(levels: number): string {
  let code = 'run()'
  for (let level = 0; level < levels; level++)
    code = `eval(atob('${Buffer.from(code).toString('base64')}'))`
  return `${code}\n`
}

export const containers: PackExamples = {
  'zip.name-mismatch': pair(
    zip('The local header calls the member b, the directory a.', [
      { ...member, name: 'a', local: { name: 'b' } },
    ]),
    plain,
  ),
  'zip.flags-mismatch': pair(
    zip('Only the local header has the flag 0x40 (CVE-2025-1945).', [
      { ...member, local: { flags: 0x40 } },
    ]),
    plain,
  ),
  'zip.header-mismatch': pair(
    zip('The local header says 3 bytes, the directory 19.', [{ ...member, local: { bytes: 3 } }]),
    plain,
  ),
  'zip.crc-mismatch': pair(
    zip('Both headers have a checksum that is not that of the bytes (CVE-2025-10156).', [
      { ...member, claims: { crc: 3 } },
    ]),
    plain,
  ),
  'zip.crc-field-mismatch': pair(
    zip('The two headers have different checksums; one is right.', [
      { ...member, local: { crc: 3 } },
    ]),
    zip('A checksum behind the data, as programs write that do not know it before.', [
      { ...member, descriptor: true },
    ]),
  ),
  'zip.duplicate-name': pair(
    zip('Two members of one name.', [member, { ...member, data: Buffer.from('Other notes.\n') }]),
    zip('Two members of two names.', [member, { ...member, name: 'more.txt' }]),
  ),
  'zip.hidden-member': pair(
    zip('The directory does not mention the member.', [
      member,
      { ...member, name: 'hidden.txt', listed: false },
    ]),
    plain,
  ),
  'zip.second-directory': pair(
    zip('The comment of the archive is an archive.', [member], {
      comment: writeZip([{ ...member, name: 'b' }]),
    }),
    zip('The comment is a sentence.', [member], { comment: 'made by hand' }),
  ),
  'zip.overlapping-members': pair(
    zip('Two entries of the directory share the same bytes.', [
      member,
      { ...member, name: 'b.txt', sameAs: 0 },
    ]),
    zip('Two entries, each with its bytes.', [member, { ...member, name: 'b.txt' }]),
  ),
  'zip.unlisted-data': pair(
    zip('Bytes between two members belong to none.', [
      member,
      { ...member, name: 'b.txt', before: Buffer.from('more') },
    ]),
    plain,
  ),
  'zip.damaged': pair(
    bytes('model.zip', 'The end of the archive is missing.', writeZip([member]).subarray(0, -30)),
    plain,
  ),
  'zip.encrypted': pair(
    zip('The member says that it is encrypted.', [{ ...member, claims: { flags: 1 } }]),
    packed,
  ),
  'archive.path-outside': pair(
    zip('Extracting it writes two folders above.', [{ ...member, name: '../../notes.txt' }]),
    zip('Two dots in a name are no way up.', [{ ...member, name: 'a..b/notes.txt' }]),
  ),
  'archive.link-outside': pair(
    zip('A symbolic link leads out of the archive.', [
      { name: 'link', data: Buffer.from('../../etc'), mode: 0o120777 },
    ]),
    zip('A file with the same content is no link.', [
      { name: 'link', data: Buffer.from('../../etc') },
    ]),
  ),
  'archive.link': pair(
    bytes(
      'model.tar',
      'A link that stays in the archive.',
      tar({ name: 'a.txt', content: 'A' }, { name: 'b.txt', type: '2', link: 'a.txt' }),
    ),
    bytes(
      'model.tar',
      'Two files.',
      tar({ name: 'a.txt', content: 'A' }, { name: 'b.txt', content: 'A' }),
    ),
  ),
  'archive.device': pair(
    bytes('model.tar', 'Extracting it as root makes a disk.', tar({ name: 'sda', type: '4' })),
    bytes('model.tar', 'A folder.', tar({ name: 'folder/', type: '5' })),
  ),
  'archive.name-null': pair(
    zip('The name ends for C at the zero byte, and goes on for Python.', [
      { ...member, name: 'a\0.txt' },
    ]),
    plain,
  ),
  'archive.name-deceptive': pair(
    zip('A mark turns the rest of the name around: it reads a exe.txt.', [
      { ...member, name: 'a\u202etxt.exe' },
    ]),
    zip('Letters of another script are letters.', [{ ...member, name: 'größe.txt' }]),
  ),
  'archive.name-unusual': pair(
    zip('A backslash separates folders on Windows only.', [{ ...member, name: 'a\\b.txt' }]),
    zip('A slash separates folders everywhere.', [{ ...member, name: 'a/b.txt' }]),
  ),
  'gzip.damaged': pair(
    bytes(
      'notes.txt.gz',
      'The checksum at the end is not that of the bytes.',
      withByte(gzipSync(notes), -8),
    ),
    bytes('notes.txt.gz', 'The same stream, whole.', gzipSync(notes)),
  ),
  'gzip.trailing-data': pair(
    bytes(
      'notes.txt.gz',
      'Bytes behind the stream, which gunzip ignores.',
      Buffer.concat([gzipSync(notes), Buffer.from('and more')]),
    ),
    bytes('notes.txt.gz', 'Nothing behind the stream.', gzipSync(notes)),
  ),
  'limit.source': pair(
    text(
      'index.js',
      'Code in code in code: five levels are more than are followed.',
      nestedCode(5),
    ),
    text('index.js', 'One level is read.', nestedCode(1)),
  ),
  'archive.bomb': pair(
    bytes(
      'zeros.zip',
      'It unpacks to a thousand times its size.',
      writeZip([{ name: 'zeros', data: Buffer.alloc(2_000_000), method: 8 }]),
    ),
    packed,
  ),
  'limit.size': pair(
    bytes('noise.gz', 'It unpacks to more than the limit.', gzipSync(noise), {
      unpackedBytes: 1000,
    }),
    bytes('notes.txt.gz', 'It unpacks to less than the limit.', gzipSync(notes), {
      unpackedBytes: 1000,
    }),
  ),
  'limit.depth': pair(
    bytes('nested.zip', 'Archives in archives, deeper than the limit.', nested(4), { depth: 3 }),
    bytes('nested.zip', 'Archives in archives, within the limit.', nested(1), { depth: 3 }),
  ),
  'limit.structure': pair(
    bytes(
      'many.zip',
      'More members than the limit.',
      writeZip(Array.from({ length: 12 }, (_, n) => ({ name: `${n}.txt`, data: notes }))),
      { members: 10 },
    ),
    bytes('few.zip', 'Fewer members than the limit.', writeZip([member]), { members: 10 }),
  ),
  'polyglot.loadable': pair(
    bytes(
      'model.pkl',
      'A pickle in front, an archive behind: who loads it decides which it is.',
      Buffer.concat([pickle(4).value([1]).stop().bytes(), writePytorch()]),
    ),
    bytes('model.pt', 'An archive of PyTorch, and nothing else.', writePytorch()),
  ),
  'polyglot.archive': pair(
    sample(
      'torch polyglots/image, then a zip with payload',
      'An image in front, an archive behind.',
    ),
    plain,
  ),
  'npy.header-code': pair(
    npy(
      'The header is no dictionary but a call.',
      writeNpy('', '', Buffer.alloc(8), { header: '__import__("os").system("echo harmless")' }),
    ),
    goodArray,
  ),
  'npy.damaged': pair(
    npy('The header says 2 numbers, and there is 1.', array("'<f8'", '(2,)', 8)),
    goodArray,
  ),
  'npy.trailing-data': pair(
    npy(
      'A pickle stands behind the array.',
      Buffer.concat([array("'<f8'", '(1,)', 8), pickle(4).value([1]).stop().bytes()]),
    ),
    goodArray,
  ),
  'npy.object-array': pair(
    npy(
      'An array of Python objects is a pickle.',
      writeNpy("'|O'", '(1,)', pickle(4).value([1]).stop().bytes()),
    ),
    goodArray,
  ),
  'npy.unusual': pair(
    npy(
      'A second array stands behind the first.',
      Buffer.concat([array("'<f8'", '(1,)', 8), array("'<f8'", '(1,)', 8)]),
    ),
    goodArray,
  ),
  'safetensors.duplicate-key': pair(
    safe(
      'Two tensors are called a; readers differ in which they take.',
      { header: `{"a":${f32(0, 8)},"a":${f32(8, 16)}}`, dataBytes: 16 },
      [],
    ),
    goodTensors,
  ),
  'safetensors.layout': pair(
    safe(
      'Two tensors share four bytes.',
      { header: `{"a":${f32(0, 8)},"b":${f32(4, 12)}}`, dataBytes: 12 },
      [],
    ),
    goodTensors,
  ),
  'safetensors.damaged': pair(
    safe('The header claims 1 TiB.', { headerBytes: 2 ** 40 }),
    safe(
      'A header that is padded with spaces is whole.',
      { header: `{"a":${f32(0, 8)}}     `, dataBytes: 8 },
      [],
    ),
  ),
  'pytorch.loadable-storage': pair(
    bytes(
      'model.pt',
      'What stands in for the numbers of a tensor is a pickle.',
      writePytorch({ storages: [callPickle('os', 'system', 'echo harmless')] }),
    ),
    bytes('model.pt', 'The storages hold numbers.', writePytorch()),
  ),
  'json.duplicate-key': pair(
    text(
      'config.json',
      'Two values of one key: readers differ in which they take.',
      '{\n  "model_type": "llama",\n  "model_type": "custom"\n}\n',
    ),
    text(
      'config.json',
      'The same key in two objects.',
      '{\n  "encoder": { "size": 1 },\n  "decoder": { "size": 1 }\n}\n',
    ),
  ),
  'text.binary-content': pair(
    bytes(
      'notes.txt',
      'It begins as a text, and goes on as something else behind the first 16 KiB.',
      Buffer.concat([Buffer.from('Notes.\n'.repeat(2400)), Buffer.from([0, 1, 2, 255, 254])]),
    ),
    text('notes.txt', 'A text.', 'Notes about the model.\n'),
  ),
}

import { u16, u32 } from '../../test/fixtures/bytes'
import { bytes, type PackExamples, pair, text } from './draft'
import { ELF } from './elf'

/** A flatbuffer (tensorflow/lite schema.fbs) of a version and perhaps one custom operator. */
function tflite(version: number, custom: string | undefined, root = 16): Buffer {
  const head = [u32(root), Buffer.from('TFL3'), u16(8), u16(12), u16(4), u16(8)]
  const model = [u32(8), u32(version), u32(4)]
  if (custom === undefined) return Buffer.concat([...head, ...model, u32(0)])
  const name = Buffer.from(custom)
  return Buffer.concat([
    ...head,
    ...model,
    u32(1),
    u32(12),
    ...[u16(8), u16(8), u16(0), u16(4)],
    ...[u32(8), u32(4), u32(name.length)],
    name,
    Buffer.alloc(4 - (name.length % 4)),
  ])
}

const lite = (note: string, content: Buffer) => bytes('model.tflite', note, content)
const soundLite = lite('A model of the version that all tools write.', tflite(3, undefined))
const UBJSON = '{L\0\0\0\0\0\0\0\x07learner{i\x04nameSL\0\0\0\0\0\0\0\x02ab}}'
const ubjson = (note: string, content: string) =>
  bytes('model.ubj', note, Buffer.from(content, 'latin1'))
const CPYTHON_3_12 = Buffer.concat([
  u16(3531),
  Buffer.from('\r\n'),
  Buffer.alloc(12),
  Buffer.from([0xe3]),
  Buffer.alloc(40),
])
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const compound = (stream: string) =>
  Buffer.concat([COMPOUND, Buffer.alloc(1016), Buffer.from(stream, 'utf16le'), Buffer.alloc(488)])
const desktop = (command: string) =>
  `[Desktop Entry]\nType=Application\nName=Model\nExec=${command}\n`

export const programRules: PackExamples = {
  'tflite.custom-operator': pair(
    lite('The model needs an operator that is not built in.', tflite(3, 'MyOperator')),
    soundLite,
  ),
  'tflite.malformed': pair(
    lite('The offset of the root leads outside the file.', tflite(3, undefined, 9999)),
    soundLite,
  ),
  'tflite.unusual': pair(lite('A version that no tool writes.', tflite(9, undefined)), soundLite),
  'ubjson.malformed': pair(
    ubjson('Bytes follow the end of the document.', `${UBJSON}and more`),
    ubjson('One whole document.', UBJSON),
  ),
  'executable.disguised': pair(
    bytes('weights.bin', 'The name says weights, the content is a program.', ELF),
    bytes('helper', 'A program that is called like one.', ELF),
  ),
  'executable.webassembly': pair(
    bytes('module.wasm', 'The smallest module there is.', Buffer.from('0061736d01000000', 'hex')),
    text('module.wat', 'The same module as text.', '(module)\n'),
  ),
  'executable.bytecode': pair(
    bytes('module.pyc', 'The header of a compiled Python module.', CPYTHON_3_12),
    text('module.py', 'A Python module as source.', 'VERSION = 1\n'),
  ),
  'executable.shortcut': pair(
    text('Model.desktop', 'A double click starts a program.', desktop('/opt/viewer/viewer %f')),
    text('Model.txt', 'The name of the program in a text.', 'Open it with /opt/viewer/viewer.\n'),
  ),
  'executable.shortcut-command': pair(
    text(
      'Model.desktop',
      'A double click runs a command of a shell.',
      desktop("sh -c 'echo harmless'"),
    ),
    text('Model.desktop', 'A double click starts a program.', desktop('/opt/viewer/viewer %f')),
  ),
  'executable.macros': pair(
    bytes('table.xls', 'A compound file with a stream of macros.', compound('_VBA_PROJECT')),
    bytes('table.xls', 'A compound file with a stream of a table.', compound('Workbook')),
  ),
}

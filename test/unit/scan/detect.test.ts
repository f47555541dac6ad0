import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../electron/core/scan/child/byte-source'
import { detect } from '../../../electron/core/scan/child/detect'
import { bytesOf, u16, u32, u64 } from '../../fixtures/bytes'
import { callPickle, pickle } from '../../fixtures/pickle-writer'
import { scanBytes } from '../../fixtures/scan-bytes'
import { writeZip } from '../../fixtures/zip-writer'

const formatOf = (bytes: Uint8Array | string, name = 'file.bin'): string =>
  detect(memorySource(Buffer.from(bytes as string)), name).format

const zip = writeZip([{ name: 'a', data: Buffer.from('b') }])
const hdf5 = '\x89HDF\r\n\x1a\n'
const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const lenField = (tag: number, body: string): Buffer =>
  Buffer.concat([Buffer.from([tag, body.length]), Buffer.from(body)])

describe('the format of a file', () => {
  test.each<[string, Uint8Array]>([
    ['empty', Buffer.alloc(0)],
    ['pickle', callPickle('os', 'system')],
    ['pickle', Buffer.from("cos\nsystem\n(S'echo harmless'\ntR.")],
    ['zip', zip],
    ['zip', Buffer.concat([Buffer.from([0, 1, 0, 255, 254, 3]), zip])],
    ['gzip', latin('\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03')],
    ['zlib', deflateSync('some text that is packed')],
    ['bzip2', latin('BZh91AY&SY')],
    ['xz', latin('\xfd7zXZ\x00\x00')],
    ['zstd', latin('\x28\xb5\x2f\xfd\x00')],
    ['lz4', latin('\x04\x22\x4d\x18\x00')],
    ['7z', latin('7z\xbc\xaf\x27\x1c\x00')],
    ['rar', latin('Rar!\x1a\x07\x01\x00')],
    ['npy', latin('\x93NUMPY\x01\x00')],
    ['gguf', bytesOf('GGUF', u32(3), u64(0), u64(0))],
    ['safetensors', bytesOf(u64(2), '{}')],
    ['safetensors', bytesOf(u64(2 ** 40), '{}')],
    ['hdf5', latin(`${hdf5}rest`)],
    ['hdf5', bytesOf(Buffer.alloc(1024), hdf5)],
    ['tflite', latin('\x1c\0\0\0TFL3')],
    [
      'onnx',
      Buffer.concat([
        Buffer.from([0x08, 0x08]),
        lenField(0x12, 'pytorch'),
        lenField(0x3a, 'graph'),
      ]),
    ],
    ['tensorflow-saved-model', Buffer.concat([Buffer.from([0x08, 0x01]), lenField(0x12, 'meta')])],
    ['executable.elf', latin('\x7fELF\x02\x01\x01\0')],
    ['executable.pe', bytesOf('MZ', Buffer.alloc(58), u32(64), 'PE\0\0')],
    ['executable.mach-o', latin('\xcf\xfa\xed\xfe\x07\0\0\x01')],
    ['executable.mach-o', latin('\xca\xfe\xba\xbe\0\0\0\x02')],
    ['executable.java-class', latin('\xca\xfe\xba\xbe\0\0\0\x41')],
    ['executable.wasm', latin('\0asm\x01\0\0\0')],
    ['executable.dex', latin('dex\n035\0')],
    ['bytecode.python', bytesOf(u16(3531), '\r\n', Buffer.alloc(12), '\xe3', Buffer.alloc(8))],
    ['launcher.windows-shortcut', latin('L\0\0\0\x01\x14\x02\0\0')],
    ['launcher.text-shortcut', latin('# a note\n[Desktop Entry]\nExec=x\n')],
    ['ole2', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
    ['image.png', latin('\x89PNG\r\n\x1a\n')],
    ['image.jpeg', latin('\xff\xd8\xff\xe0')],
    ['image.webp', latin('RIFF\0\0\0\0WEBP')],
    ['pdf', latin('%PDF-1.7\n')],
    ['xgboost-ubj', latin('{L\0\0\0\0\0\0\0\x07learner{')],
    ['lightgbm', latin('tree\nversion=v4\nnum_class=1\n')],
    ['unknown', Buffer.from([7, 0, 255, 254, 0, 1, 2, 3, 99, 200])],
  ])('is %s by its content, whatever its name', (format, bytes) => {
    expect(formatOf(bytes, 'harmless.txt')).toBe(format)
  })

  test.each([
    ['text', 'A note about models.\nWith a second line, and a third.\n', 'readme.md'],
    ['text', 'x^2 + y^2 = 1\n', 'formula.txt'],
    ['text', 'MZ is not a program here.\n', 'note.txt'],
    ['text', 'Größe und Maß\n', 'notiz.txt'],
    ['text', '\ufeffwith a byte order mark\n', 'a.txt'],
    ['csv', 'a,b,c\n1,2,3\n4,5,6\n', 'table.csv'],
    ['json', '{"a": 1}', 'a.json'],
    ['jinja', "{%- for message in messages %}{{ message['content'] }}{% endfor %}", 'template'],
    ['jinja', 'plain', 'chat_template.jinja'],
    ['python', 'print(1)\n', 'setup.py'],
    ['python', '#!/usr/bin/env python3\nprint(1)\n', 'tool'],
    ['python', 'import os\nfrom sys import path\n\ndef main():\n    pass\n', 'noname'],
    ['javascript', "const fs = require('fs')\nmodule.exports = fs\n", 'noname'],
    ['javascript', 'x', 'index.js'],
    ['typescript', 'x', 'index.ts'],
    ['shell', '#!/bin/sh\necho\n', 'run'],
    ['notebook', '{"cells": []}', 'a.ipynb'],
  ])('of readable text is %s', (format, text, name) => {
    expect(formatOf(text, name)).toBe(format)
  })

  test('is text in UTF-16 too', () => {
    const scan = scanBytes(Buffer.from('\ufeffA note in two bytes each.\n', 'utf16le'))
    expect(scan).toMatchObject({ format: 'text', status: 'complete', verdict: 'clean' })
  })

  test('is not text when only the first page is', () => {
    const scan = scanBytes(Buffer.concat([Buffer.alloc(70_000, 'readable '), Buffer.alloc(9)]))
    expect(scan.names('structure')).toContain('text.binary-content')
    expect(scan.status).toBe('inconclusive')
  })
})

describe('a file that is two formats', () => {
  test.each<[string, Uint8Array]>([
    ['polyglot.pickle.zip', Buffer.concat([callPickle('os', 'system'), zip])],
    ['polyglot.text.zip', Buffer.concat([Buffer.alloc(20_000, 'A long note. '), zip])],
    ['polyglot.image.png.zip', Buffer.concat([latin('\x89PNG\r\n\x1a\n'), Buffer.alloc(20), zip])],
    [
      'polyglot.gguf.pickle',
      // 'G' is BINFLOAT and takes the rest of the magic, the version and one byte more.
      bytesOf(
        'GGUF',
        u16(3),
        Buffer.from([0, 0, 0]),
        pickle().global('os', 'system').string("'echo'").tuple1().reduce().stop().bytes(),
      ),
    ],
  ])('is reported as %s and never clean', (fact, bytes) => {
    const scan = scanBytes(bytes)
    expect(scan.names('structure')).toContain(fact)
    expect(['suspicious', 'malicious']).toContain(scan.verdict)
  })
})

describe('a format that is recognised and not parsed', () => {
  test.each<[string, Uint8Array | string, string]>([
    ['A RAR archive', latin('Rar!\x1a\x07\x01\x00'), 'a.rar'],
    ['A 7-Zip archive', latin('7z\xbc\xaf\x27\x1c\x00'), 'a.bin'],
    ['A PDF document', latin('%PDF-1.7\n'), 'a.pdf'],
  ])('is inconclusive and called by its name: %s', (label, bytes, name) => {
    const scan = scanBytes(Buffer.from(bytes as string), { name })
    expect(scan.status).toBe('inconclusive')
    expect(scan.reason).toBe(`${label} is recognised but not parsed yet.`)
    expect(scan.verdict).not.toBe('clean')
  })

  test('is suspicious when it is a program', () => {
    const scan = scanBytes(latin('\x7fELF\x02\x01\x01\0'), { name: 'model.so' })
    expect(scan.findings.map((finding) => finding.ruleId)).toEqual(['content.executable'])
  })
})

import { describe, expect, test } from 'vitest'
import { callPickle } from '../../fixtures/pickle-writer'
import { scanBytes } from '../../fixtures/scan-bytes'

const scan = (name: string, content: string | Buffer) => scanBytes(Buffer.from(content), { name })
/** One white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
)

describe('a file with the name of a model', () => {
  test.each(['model.pt', 'weights.onnx', 'a.safetensors'])(
    'and a text in it is unknown: %s',
    (name) => {
      expect(scan(name, 'Some notes about the weights.\n')).toMatchObject({
        status: 'inconclusive',
        verdict: 'unknown',
      })
    },
  )

  test.each([
    ['python', "import os\nos.system('echo harmless')\n"],
    ['shell', '@echo off\r\npowershell -nop -w hidden\r\n'],
    ['javascript', "require('child_process').exec('echo harmless')\n"],
    ['script', '<?php echo "harmless"; ?>\n'],
  ])('and %s in it is read as that and suspicious', (format, content) => {
    const result = scan('model.ckpt', content)
    expect(result.format).toBe(format)
    expect(result.findings.map(({ ruleId }) => ruleId)).toContain('content.code-as-model')
  })

  test('that is empty is unknown, and an empty file of another name is not', () => {
    expect(scan('model.pkl', '').verdict).toBe('unknown')
    expect(scan('__init__.py', '').verdict).toBe('clean')
  })

  test('that is a pointer of Git LFS is unknown and not called code', () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n'
    expect(scan('model.bin', pointer)).toMatchObject({ verdict: 'unknown', findings: [] })
  })
})

describe('a picture', () => {
  test('is clean as far as it goes', () => {
    expect(scan('a.png', PNG)).toMatchObject({ status: 'complete', verdict: 'clean' })
  })

  test('with a pickle behind its end is scanned as both', () => {
    const result = scan('a.png', Buffer.concat([PNG, callPickle('os', 'system', 'echo harmless')]))
    expect(result.verdict).toBe('malicious')
  })

  test.each(['\x89PNG\r\n\x1a\nnoise noise', '\xff\xd8\xff\xe0noise', 'GIF89anoise noise'])(
    'that is only a beginning is not clean: %j',
    (content) => {
      expect(scan('a.dat', Buffer.from(content, 'latin1')).verdict).not.toBe('clean')
    },
  )
})

describe('a graph in text', () => {
  test('is read for its operators', () => {
    const node = (op: string) => `node {\n  name: "x" # comment\n  op: '${op}'\n}\n`
    expect(scan('graph.pbtxt', node('Mul')).verdict).toBe('clean')
    expect(scan('graph.pbtxt', node('Mul') + node('WriteFile')).verdict).toBe('malicious')
  })

  test('that breaks off is not clean', () => {
    expect(scan('graph.pbtxt', 'node {\n  op: "Mul"\n').verdict).not.toBe('clean')
  })
})

describe('a pickle behind a pickle', () => {
  test.each(['\n', '# end\n', 'some text\n'])('is found behind %j', (between) => {
    const call = "cposix\nsystem\n(S'echo harmless'\ntR."
    expect(scan('model.pkl', `(lp0\n.${between}${call}`).verdict).toBe('malicious')
  })
})

import { expect, test } from 'vitest'
import { scanPython } from './scan-python'

const BASE64 = Buffer.from("print('harmless')").toString('base64')
const ESCAPES = [...Buffer.from('system')].map((byte) => `\\x${byte.toString(16)}`).join('')

/** Code that stands where nobody looks for code. */
const BURIED: readonly [string, string, string[]][] = [
  [
    'a docstring',
    'flow.decoded.eval',
    [`"""${BASE64}"""`, 'import base64', 'exec(base64.b64decode(__doc__))'],
  ],
  [
    'the docstring of a function',
    'flow.decoded.eval',
    ['import base64', 'def f():', `    """${BASE64}"""`, 'exec(base64.b64decode(f.__doc__))'],
  ],
  [
    'a comment of its own file',
    'flow.decoded.eval',
    [
      `#:${BASE64}`,
      'import base64',
      'for line in open(__file__):',
      "    if line.startswith('#:'):",
      '        exec(base64.b64decode(line[2:]))',
    ],
  ],
  [
    'a file beside it',
    'flow.decoded.eval',
    ['import base64', "exec(base64.b64decode(open('vocab.bin').read()))"],
  ],
  ['a file that is named as data', 'flow.decoded.eval', ["exec(open('notes.txt').read())"]],
  [
    'another module',
    'flow.decoded.eval',
    ['import base64', 'from .data import BLOB', 'exec(base64.b64decode(BLOB))'],
  ],
  [
    'the numbers of a model',
    'flow.decoded.eval',
    ['import torch', "w = torch.load('m.pt', weights_only=True)", "exec(bytes(w['a'].tolist()))"],
  ],
  [
    'the metadata of a model',
    'flow.decoded.eval',
    [
      'from safetensors import safe_open',
      "with safe_open('m.safetensors', 'pt') as f:",
      "    eval(f.metadata()['init'])",
    ],
  ],
  ['escapes', 'hidden.process', ['import os', `getattr(os, '${ESCAPES}')('echo harmless')`]],
  ['a text that is run', 'hidden.process', ['exec("import os\\nos.system(\'echo harmless\')")']],
  [
    'a bytearray that is filled by and by',
    'flow.decoded.eval',
    [
      'def unlock(data, key):',
      '    out = bytearray()',
      '    for byte in data:',
      '        out.append(byte ^ key)',
      '    return bytes(out)',
      "exec(unlock(bytes.fromhex('5a584344'), 42))",
    ],
  ],
  [
    'a bytearray that is changed in place',
    'flow.decoded.eval',
    [
      "data = bytearray(bytes.fromhex('5a584344'))",
      'for i in range(len(data)):',
      '    data[i] ^= 42',
      'exec(data)',
    ],
  ],
  [
    'an operator of a class',
    'hidden.process',
    [
      'class Pipe:',
      '    def __init__(self, text):',
      '        self.text = text',
      '    def __or__(self, run):',
      '        return run(self.text)',
      'Pipe("import os; os.system(\'echo harmless\')") | exec',
    ],
  ],
  [
    'what a with statement gives',
    'flow.decoded.eval',
    [
      'import base64',
      'class Text:',
      '    def __enter__(self):',
      `        return base64.b64decode('${BASE64}')`,
      'with Text() as text:',
      '    exec(text)',
    ],
  ],
]

test.each(BURIED)('code in %s is found', (_, name, lines) => {
  const names = scanPython(lines.join('\n')).names('code')
  expect(names).toContain(name)
})

const HONEST: readonly [string, string[]][] = [
  ['a version file that is run', ['about = {}', "exec(open('pkg/__version__.py').read(), about)"]],
  ['a table of bytes', ['TABLE = bytes(range(256))', 'print(TABLE.hex())']],
  ['a docstring that is shown', ['"""Usage: os.system is not called here."""', 'print(__doc__)']],
  ['colours of a terminal', ["RED = '\\x1b[31m'", 'print(RED)']],
  [
    'a key that another module has',
    ['import base64', 'from settings import KEY', 'print(base64.b64decode(KEY))'],
  ],
]

test.each(HONEST)('%s is no buried code', (_, lines) => {
  expect(scanPython(lines.join('\n')).names('code')).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(flow\.decoded|hidden|obfuscation)/)]),
  )
})

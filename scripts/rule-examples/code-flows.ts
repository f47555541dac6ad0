import { b64, ECHO, js, py } from './code-text'
import { type PackExamples, pair } from './draft'

const plain = py(
  'A model that computes.',
  'def forward(x, weights):\n    return [a * b for a, b in zip(x, weights)]',
)

/** Sources in the languages that have an engine; hosts end in .invalid, and nothing is ever run. */
export const codeFlows: PackExamples = {
  'code.decoded-to-eval': pair(
    py(
      'A Base64 text is decoded and run.',
      `import base64\n\nexec(base64.b64decode('${b64("print('harmless')")}'))`,
    ),
    py(
      'A Base64 text is decoded and shown.',
      `import base64\n\nprint(base64.b64decode('${b64('only a text')}'))`,
    ),
  ),
  'code.environment-to-native': pair(
    js(
      'WebAssembly may ask for all environment variables.',
      "const wasm = require('fs').readFileSync('a.wasm')\nWebAssembly.instantiate(wasm, { host: { settings: () => JSON.stringify(process.env) } })",
      'index.cjs',
    ),
    js(
      'WebAssembly may ask for one setting.',
      "const wasm = require('fs').readFileSync('a.wasm')\nWebAssembly.instantiate(wasm, { host: { settings: () => process.env.NODE_ENV } })",
      'index.cjs',
    ),
  ),
  'code.decoded-to-process': pair(
    js(
      'A Base64 text is decoded and started as a command.',
      `const { execSync } = require('child_process')\nexecSync(Buffer.from('${b64(ECHO)}', 'base64').toString())`,
      'index.cjs',
    ),
    js(
      'A Base64 text is decoded and shown.',
      `console.log(Buffer.from('${b64('only a text')}', 'base64').toString())`,
      'index.cjs',
    ),
  ),
  'code.decoded-to-network': pair(
    js('The address is hidden in Base64.', `fetch(atob('${b64('https://collect.invalid/data')}'))`),
    js('The address can be read.', "fetch('https://data.invalid/list')"),
  ),
  'code.decoded-to-module': pair(
    js(
      'A part of the name of the module is hidden in Base64.',
      `export const load = (version) => import(atob('${b64('https://code.invalid/')}') + version)`,
    ),
    js(
      'The name of the module can be read.',
      "export const load = (version) => import('./model.js')",
    ),
  ),
  'code.decoded-to-native': pair(
    py(
      'The path of the library is hidden in Base64.',
      `import base64, ctypes\n\nctypes.CDLL(base64.b64decode('${b64('./hidden-library.so')}').decode())`,
    ),
    py('The name of the library can be read.', "import ctypes\n\nctypes.CDLL('libm.so.6')"),
  ),
  'code.decoded-to-deserialise': pair(
    py(
      'A Base64 text is unpickled.',
      "import base64, pickle\n\npickle.loads(base64.b64decode('gASVCgAAAAAAAABdlChLAUsCZS4='))",
    ),
    py(
      'A Base64 text is read as JSON.',
      `import base64, json\n\njson.loads(base64.b64decode('${b64('[1, 2]')}'))`,
    ),
  ),
  'code.input-to-eval': pair(
    py(
      'Whoever asks the server chooses the code.',
      "from flask import Flask, request\n\napp = Flask(__name__)\n\n@app.route('/predict')\ndef predict():\n    return str(eval(request.args['prompt']))",
    ),
    py(
      'What the caller hands in is read as a literal.',
      "import ast\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n@app.route('/predict')\ndef predict():\n    return str(ast.literal_eval(request.args['prompt']))",
    ),
  ),
  'code.input-to-process': pair(
    py(
      'Whoever asks the server chooses the command.',
      "import os\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n@app.route('/run')\ndef run():\n    os.system(request.args['command'])\n    return 'done'",
    ),
    py(
      'The command is fixed.',
      "import os\nfrom flask import Flask\n\napp = Flask(__name__)\n\n@app.route('/run')\ndef run():\n    os.system('echo harmless')\n    return 'done'",
    ),
  ),
  'code.input-to-deserialise': pair(
    py(
      'A server unpickles what it is sent.',
      "import pickle\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n@app.post('/state')\ndef state():\n    return str(pickle.loads(request.data))",
    ),
    py(
      'A server takes JSON.',
      "import json\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n@app.post('/state')\ndef state():\n    return str(json.loads(request.data))",
    ),
  ),
  'code.data-flow': pair(
    py(
      'A file is read, and what it holds is sent on: mostly what a program is for.',
      "import requests\n\nreport = open('report.json').read()\nrequests.post('https://reports.invalid', data=report)",
    ),
    plain,
  ),
  'code.hidden-eval': pair(
    js('The name of eval is put together.', "globalThis['ev' + 'al']('1 + 1')"),
    js(
      'A name of one’s own is put together.',
      "const handlers = { onOpen() {} }\nhandlers['on' + 'Open']()",
    ),
  ),
  'code.hidden-process': pair(
    py(
      'The name of the function is put together.',
      "import os\n\ngetattr(os, 'sys' + 'tem')('echo harmless')",
    ),
    py(
      'A name of one’s own is put together.',
      "class Steps:\n    def run_first(self):\n        return 1\n\ngetattr(Steps(), 'run_' + 'first')()",
    ),
  ),
  'code.hidden-network': pair(
    js('The name of fetch is put together.', "globalThis['fe' + 'tch']('https://collect.invalid')"),
    js('fetch is called by its name.', "fetch('https://data.invalid')"),
  ),
  'code.hidden-file-write': pair(
    js(
      'The name of the function is put together.',
      "const fs = require('fs')\nfs['write' + 'File' + 'Sync']('out.txt', 'text')",
      'index.cjs',
    ),
    js(
      'The function is called by its name.',
      "const fs = require('fs')\nfs.writeFileSync('out.txt', 'text')",
      'index.cjs',
    ),
  ),
  'code.hidden-module': pair(
    py(
      'The name of the function that imports is put together.',
      "import builtins\n\nbase = getattr(builtins, '__imp' + 'ort__')('base' + '64')\nprint(base.b64encode(b'a'))",
    ),
    py('A module is imported by its name.', "import base64\n\nprint(base64.b64encode(b'a'))"),
  ),
  'code.hidden-native': pair(
    py(
      'The name of the loader is put together.',
      "import ctypes\n\ngetattr(ctypes, 'CD' + 'LL')('./lib.so')",
    ),
    py('The loader is called by its name.', "import ctypes\n\nctypes.CDLL('libm.so.6')"),
  ),
  'code.hidden-deserialise': pair(
    py(
      'The name of the function is put together.',
      "import pickle\n\ngetattr(pickle, 'lo' + 'ads')(b'N.')",
    ),
    py('The function is called by its name.', "import pickle\n\npickle.loads(b'N.')"),
  ),
}

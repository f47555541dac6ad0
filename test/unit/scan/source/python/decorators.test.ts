import { expect, test } from 'vitest'
import { scanPython } from './scan-python'

const DECODED = "base64.b64decode('cHJpbnQoMSk=').decode()"

test.each([
  ['a lambda', `@lambda f: ${DECODED}`],
  ['a lambda in brackets', `@(lambda f: ${DECODED})`],
  ['an expression over two lines', `@(lambda f:\n    ${DECODED})`],
])('the code that %s gives to @exec is seen', (_, decorator) => {
  const scan = scanPython(`import base64\n@exec\n${decorator}\ndef model(): pass\n`)
  expect([scan.status, scan.names('code')]).toEqual([
    'complete',
    expect.arrayContaining(['flow.decoded.eval', 'hidden.eval']),
  ])
})

test('a call in a decorator of any shape is seen where it stands', () => {
  const scan = scanPython("import os\nx = 1\n@[os.system('echo hi')][0]\ndef f(): pass\n")
  expect(scan.facts.find(({ name }) => name === 'capability.process')?.location).toMatchObject({
    line: 3,
    column: 3,
  })
})

test('honest decorators of any shape are read to their end', () => {
  const scan = scanPython(
    'x = (a\n  @ (b.T))\n@buttons[0].clicked.connect\ndef f(): pass\n@(yes if 1 else no)\nclass A: pass\n',
  )
  expect([scan.reason, scan.verdict]).toEqual([null, 'clean'])
})

test.each(['@[\n', '@(\n@(\n', '@lambda f: (\ndef g(): pass', '@lambda\n'])(
  'a decorator that does not end is never clean: %j',
  (text) => expect(scanPython(text).verdict).not.toBe('clean'),
)

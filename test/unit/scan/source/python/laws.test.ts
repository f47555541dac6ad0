import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanPython } from './scan-python'

/** An expression of Python with the text that it gives. */
interface Expression {
  code: string
  value: string
}

const literal = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019 _'), minLength: 1, maxLength: 8 })
  .map((value): Expression => ({ code: `'${value}'`, value }))

/** Ways to write a text, each with what Python makes of it. */
const WAYS: readonly ((inner: Expression, other: Expression) => Expression)[] = [
  (a, b) => ({ code: `(${a.code} + ${b.code})`, value: a.value + b.value }),
  (a) => ({ code: `${a.code}[::-1]`, value: [...a.value].reverse().join('') }),
  (a) => ({ code: `${a.code}.upper()`, value: a.value.toUpperCase() }),
  (a) => ({ code: `${a.code}.replace('a', 'bb')`, value: a.value.replaceAll('a', 'bb') }),
  (a, b) => ({ code: `'-'.join([${a.code}, ${b.code}])`, value: `${a.value}-${b.value}` }),
  (a, b) => ({ code: `('%s_%s' % (${a.code}, ${b.code}))`, value: `${a.value}_${b.value}` }),
  (a, b) => ({ code: `'{1}{0}'.format(${a.code}, ${b.code})`, value: b.value + a.value }),
  (a, b) => ({ code: `f"{ ${a.code} }.{ ${b.code} }"`, value: `${a.value}.${b.value}` }),
  (a) => ({ code: `(${a.code} * 2)`, value: a.value.repeat(2) }),
  (a) => ({ code: `${a.code}[1:]`, value: a.value.slice(1) }),
  (a) => ({ code: `''.join(chr(ord(c)) for c in ${a.code})`, value: a.value }),
  (a) => ({
    code: `bytes.fromhex('${Buffer.from(a.value).toString('hex')}').decode()`,
    value: a.value,
  }),
  (a) => ({
    code: `base64.b64decode('${Buffer.from(a.value).toString('base64')}').decode()`,
    value: a.value,
  }),
  (a) => ({
    code: `''.join([chr(c ^ 7) for c in [${[...a.value].map((c) => c.charCodeAt(0) ^ 7).join(', ')}]])`,
    value: a.value,
  }),
  (a, b) => ({ code: `{'k': ${a.code}, 'l': ${b.code}}['l']`, value: b.value }),
]

const expression = fc
  .tuple(literal, fc.array(fc.tuple(fc.nat(WAYS.length - 1), literal), { maxLength: 5 }))
  .map(([start, ways]) =>
    ways.reduce((inner, [way, other]) => WAYS[way]?.(inner, other) ?? inner, start),
  )
  // Python before 3.12 has no quotes of the same kind in an f-string; nested ones are not the law here.
  .filter(({ code }) => (code.match(/f"/g) ?? []).length <= 1)

test('folding gives the text that Python gives', () => {
  fc.assert(
    fc.property(expression, ({ code, value }) => {
      const scan = scanPython(`import base64\nopen(${code} + '/.bashrc', 'a')\n`)
      const fact = scan.facts.find(({ name }) => name === 'threat.persistence')
      expect(fact?.detail?.path).toBe(`${value}/.bashrc`.slice(0, 200))
    }),
    { numRuns: 300 },
  )
})

const PIECES = [
  'import os',
  'from a import *',
  'def f(a, *b, c=1, **d):',
  'class A(B):',
  '@exec',
  'lambda x: x',
  'exec(',
  'eval(x)',
  'base64.b64decode("aaaa")',
  '__import__("os")',
  'getattr(a, "b")',
  '().__class__.__base__',
  '[x for x in y]',
  'f"{a}{b!r:>{c}}"',
  'while True:',
  'for i in range(9):',
  'if a:',
  'else:',
  'try:',
  'except E as e:',
  'with open("a", "w") as f:',
  'return',
  'yield x',
  'global a',
  'a = b = c',
  'a, *b = c',
  'a += "x" * 99',
  'x[::-1]',
  '("a" "b")',
  '{1: 2, **a}',
  '"""',
  "'",
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ':',
  ',',
  '\n',
  '\n  ',
  '\n\t',
  ' ',
  '\\\n',
  '#',
  '`',
  '\u202e',
  '🙂',
]

test('no text makes the parser fail', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
      expect(scanPython(pieces.join(' ')).status).not.toBe('error')
    }),
    { numRuns: 400 },
  )
})

test.each([
  [
    'a list that grows while it is gone through',
    'x = [1]\nfor i in x:\n    x.append(i)\n    x.extend(x)\n',
  ],
  [
    'functions that call each other',
    'def f(a):\n    return g(a) + f(a)\ndef g(a):\n    return f(a) + g(a)\nf("x")\n',
  ],
  ['a text that doubles', `s = "ab"\n${'s = s + s\n'.repeat(200)}exec(s)\n`],
  [
    'loops in loops',
    `${Array.from({ length: 12 }, (_, i) => `${' '.repeat(i)}for a${i} in range(4000):\n`).join('')}${' '.repeat(12)}x = 1\n`,
  ],
  ['a list in itself', 'x = []\nx.append(x)\nx = x + [x]\nimport os\nos.system(x)\n'],
  ['a number beyond measure', 'x = 9 ** 9 ** 9 ** 9\ny = 1 << (1 << 60)\n'],
  [
    'a class that is its own base',
    'class A: pass\nA.__bases__ = (A,)\nclass A(A): pass\nA().x()\n',
  ],
  ['text that runs itself', 's = "exec(s)"\nexec(s)\n'],
])('ends in good order: %s', (_, text) => {
  expect(scanPython(text, 'a.py').status).not.toBe('error')
})

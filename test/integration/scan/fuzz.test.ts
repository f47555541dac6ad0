import type { Fact } from '@shared/scan-report/fact'
import { compileRules } from '@shared/scan-report/match'
import { describe, expect, test } from 'vitest'
import { createCases, type FuzzCase } from '../../bench/fuzz-cases'
import { judge } from '../../bench/fuzz-oracles'
import { fuzz } from '../../bench/fuzz-run'
import { payload } from '../../fixtures/scan-evaluation/opcodes'
import { torchZip } from '../../fixtures/scan-evaluation/torch-files'

test('1500 mutated files neither crash nor hang the scanner, nor get a verdict they do not earn', async () => {
  const { cases, failures } = await fuzz({ count: 1500, seed: 20261101 })
  expect(failures).toEqual([])
  expect(cases).toBe(1500)
}, 120_000)

test('a case is the same in every run', () => {
  const [first, second] = [createCases(7), createCases(7)]
  for (const index of [0, 1, 500]) expect(first(index)).toEqual(second(index))
})

/** What the laws say about a scanner that finds nothing in these bytes and calls them complete. */
function lawBrokenByBlindScanner(kind: FuzzCase['kind'], format: string, bytes: Buffer) {
  const facts: Fact[] = []
  const result = {
    format,
    bytes: bytes.length,
    sha256: null,
    stat: null,
    repeatable: true,
    facts,
    reason: null,
  }
  const rules = compileRules('2026.11.1', [])
  const fuzzCase = { index: 0, seedName: '', steps: [], kind, fileName: '', bytes, missing: 0 }
  return judge(fuzzCase, { ...result, status: 'complete' }, 1, 1, rules).broken
}

describe('the laws of the fuzzer notice', () => {
  test('a pickle that is cut short and called clean', () => {
    expect(lawBrokenByBlindScanner('cut', 'pickle', payload(4))).toBeUndefined()
    expect(lawBrokenByBlindScanner('cut', 'pickle', payload(4).subarray(0, -1))).toContain('end')
  })
  test('an armed file that is not malicious', () => {
    expect(lawBrokenByBlindScanner('armed', 'text', payload(0))).toContain('armed')
  })
  test('a zip that hands a payload to another reader', () => {
    const bytes = torchZip(payload(2))
    expect(lawBrokenByBlindScanner('mutated', 'pytorch-zip', bytes)).toContain('zip reader')
  })
})

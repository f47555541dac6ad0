import { describe, expect, test } from 'vitest'
import { parseUbjson } from '../../../../electron/core/scan/child/graph/ubjson'
import { parseBytes } from '../../../fixtures/parse-recorder'
import { scanBytes } from '../../../fixtures/scan-bytes'

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const statusOf = (text: string): string => parseBytes(parseUbjson, latin(text)).outcome.status

describe('an XGBoost model in UBJSON', () => {
  test('that is whole is complete and clean', () => {
    const model = latin('{L\0\0\0\0\0\0\0\x07learner{i\x04nameSL\0\0\0\0\0\0\0\x02ab}}')
    expect(scanBytes(model)).toMatchObject({
      format: 'xgboost-ubj',
      status: 'complete',
      verdict: 'clean',
    })
  })

  test.each([
    '{}',
    '[]',
    '[[][{}]]',
    '{i\x01aT}',
    '[$U#i\x03abc',
    '[$d#L\0\0\0\0\0\0\0\x01abcd',
    '[$Z#L\x7f\0\0\0\0\0\0\0',
    '[#i\x02TF',
    '{#i\x01i\x01aN',
    '{$U#i\x02i\x01aAi\x01bB',
    '[$[#i\x02]]',
  ])('reads %j to its end', (text) => {
    expect(statusOf(text)).toBe('complete')
  })

  test.each([
    '',
    '[',
    '{i',
    '[?]',
    '{}x',
    '{i\xffa}',
    '[$U#i\x09abc',
    '[$U',
    '[$UU]',
    '{$Z#L\x7f\0\0\0\0\0\0\0',
    '[$[#L\x7f\0\0\0\0\0\0\0',
    'SL\x7f\xff\xff\xff\xff\xff\xff\xff',
    '['.repeat(500),
  ])('refuses %j', (text) => {
    expect(statusOf(text)).toBe('inconclusive')
  })
})

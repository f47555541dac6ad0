import { describe, expect, test } from 'vitest'
import { tflite } from '../../../fixtures/flatbuffer-writer'
import { createRandom, mutate } from '../../../fixtures/mutate'
import { callPickle } from '../../../fixtures/pickle-writer'
import { scanBytes } from '../../../fixtures/scan-bytes'
import { writeZip } from '../../../fixtures/zip-writer'

describe('a TensorFlow Lite model', () => {
  test('of built-in operators is complete and clean', () => {
    const result = scanBytes(tflite(), { name: 'model.tflite' })
    expect(result).toMatchObject({ format: 'tflite', status: 'complete', verdict: 'clean' })
    expect(result.facts).toContainEqual(
      expect.objectContaining({
        kind: 'tensor',
        name: 'weights',
        detail: { dtype: 'float32', shape: '[1, 4]' },
      }),
    )
  })

  test('names operators that are not built in', () => {
    const result = scanBytes(tflite({ customOperators: ['MyOperator'] }))
    expect(result.findings.map(({ ruleId }) => ruleId)).toEqual(['tflite.custom-operator'])
  })

  test.each(['FlexPyFunc', 'FlexWriteFile', 'FlexReadFile'])('with %s is malicious', (operator) => {
    expect(scanBytes(tflite({ customOperators: [operator] })).verdict).toBe('malicious')
  })

  test('whose weights are a pickle is malicious', () => {
    const weights = Buffer.concat([callPickle('os', 'system'), Buffer.alloc(64)])
    expect(scanBytes(tflite({ weights })).verdict).toBe('malicious')
  })

  test('may have its labels behind it as an archive, which is scanned', () => {
    const withArchive = (data: Buffer) =>
      scanBytes(Buffer.concat([tflite(), writeZip([{ name: 'labels.txt', data }])]))
    expect(withArchive(Buffer.from('cat\ndog\n'))).toMatchObject({
      status: 'complete',
      verdict: 'clean',
    })
    expect(withArchive(callPickle('os', 'system')).verdict).toBe('malicious')
  })

  test('that is cut is suspicious and not complete', () => {
    const whole = tflite()
    const result = scanBytes(whole.subarray(0, whole.length - 20))
    expect(result).toMatchObject({ status: 'inconclusive', verdict: 'suspicious' })
  })

  test('that is damaged never makes the parser fail', () => {
    const seed = tflite({ customOperators: ['FlexPyFunc', 'Mine'] })
    const random = createRandom(3)
    for (let index = 0; index < 600; index++) {
      const result = scanBytes(mutate(seed, seed, random).bytes)
      expect(result.status).not.toBe('error')
      if (result.status !== 'complete') expect(result.verdict).not.toBe('clean')
    }
  })
})

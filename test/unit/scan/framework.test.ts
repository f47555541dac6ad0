import { describe, expect, test } from 'vitest'
import { frameworkFacts } from '../../../electron/core/scan/child/framework'
import { fact } from '../../fixtures/facts'

const names = (...parameters: Parameters<typeof frameworkFacts>) =>
  frameworkFacts(...parameters).map((found) => found.name)

describe('the framework of a file', () => {
  test.each([
    ['pytorch-zip', 'pytorch'],
    ['torchscript', 'pytorch'],
    ['gguf', 'llama.cpp'],
    ['onnx', 'onnx'],
    ['tflite', 'tensorflow'],
    ['tfjs', 'tensorflow.js'],
    ['keras', 'keras'],
    ['xgboost-json', 'xgboost'],
    ['lightgbm', 'lightgbm'],
    ['tokenizer-config', 'hugging-face'],
  ])('follows from its format: %s is of %s', (format, framework) => {
    const [found] = frameworkFacts(format, [], 'file')
    expect(found).toMatchObject({ kind: 'framework', name: framework })
    expect(found?.detail?.confidence).toBeGreaterThanOrEqual(0.7)
    expect(found?.evidence).toMatch(/\w+ \w+/)
  })

  test('follows from the metadata of safetensors', () => {
    const format = fact('metadata', 'format', { detail: { value: 'flax' } })
    expect(names('safetensors', [format], 'model.safetensors')).toContain('flax')
  })

  test('follows from tensor names that only one framework gives', () => {
    const tensor = fact('tensor', 'model.layers.0.self_attn.q_proj.weight')
    expect(names('safetensors', [tensor], 'model.safetensors')).toContain('pytorch')
  })

  test('follows from the name only where the format allows it', () => {
    expect(names('hdf5', [], 'model.h5')).toEqual(['keras'])
    expect(names('text', [], 'model.h5')).toEqual([])
  })

  test('is said once, with the best evidence', () => {
    const tensor = fact('tensor', 'bn.running_mean')
    const format = fact('metadata', 'format', { detail: { value: 'pt' } })
    const found = frameworkFacts('safetensors', [tensor, format], 'm').filter(
      ({ name }) => name === 'pytorch',
    )
    expect(found).toHaveLength(1)
    expect(found[0]?.detail?.confidence).toBe(0.95)
  })
})

import { matMulChain } from '../../test/fixtures/onnx-model'
import { tinyLlama } from '../../test/fixtures/tiny-llama'
import { fileOf, OWN_WORK } from './file'
import type { SuiteDraft } from './index'

/** Any model of tensors, on numbers drawn from the seed: how fast, not how good. */
export function speedSuite(): SuiteDraft {
  const model = matMulChain(8, 64)
  return {
    manifest: {
      schemaVersion: 1,
      id: 'speed',
      version: '1.0.0',
      title: 'Speed',
      description:
        'How fast any model of tensors answers: random numbers of the shape that it asks for. Says nothing about how good its answers are.',
      category: 'speed',
      task: 'speed',
      licence: OWN_WORK,
      inputs: { kind: 'random' },
      scenarios: [
        { kind: 'single-stream' },
        { kind: 'offline' },
        { kind: 'multi-stream' },
        { kind: 'server', latencyBoundMs: 50 },
      ],
      metric: null,
      references: [
        {
          name: 'matmul-8x64',
          format: 'onnx',
          file: fileOf('matmul-8x64.onnx', model),
          licence: OWN_WORK,
        },
      ],
    },
    files: { 'matmul-8x64.onnx': model },
  }
}

const PROMPTS = [
  'The lighthouse keeper counted the ships that passed in the night and wrote each of them down.',
  'To make bread you need flour, water, salt and patience; all but the last can be bought.',
  'The train from the mountains was late again, and nobody on the platform was surprised.',
  'Every autumn the river takes a little of the field, and every spring the farmer moves his fence.',
  'She had repaired clocks for forty years and was never on time herself.',
  'The first rule of the workshop was that no tool may be put down anywhere but in its place.',
  'Nobody knew who had planted the old pear tree, but everybody knew when its fruit was ripe.',
  'A letter without a stamp arrived on the third of May, and it was addressed to the cat.',
]

/** Any language model: time to the first token and between tokens. */
export function generationSuite(): SuiteDraft {
  const model = tinyLlama({ embedding: 32, layers: 2, heads: 4 })
  return {
    manifest: {
      schemaVersion: 1,
      id: 'generation',
      version: '1.0.0',
      title: 'Text generation',
      description:
        'How fast a language model reads a prompt of 64 tokens and writes 32: time to the first token, time per token after it. Says nothing about what it writes.',
      category: 'language',
      task: 'generation',
      licence: OWN_WORK,
      inputs: { kind: 'prompts', prompts: PROMPTS },
      scenarios: [{ kind: 'generation', promptTokens: 64, outputTokens: 32 }],
      metric: null,
      references: [
        {
          name: 'tiny-random-llama',
          format: 'gguf',
          file: fileOf('tiny-random-llama.gguf', model),
          licence: OWN_WORK,
        },
      ],
    },
    files: { 'tiny-random-llama.gguf': model },
  }
}

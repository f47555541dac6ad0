import { createRandom } from '@shared/statistics/random'
import { embeddingOnnx, trainEmbedding } from './embedding'
import { fileOf, OWN_WORK } from './file'
import type { SuiteDraft } from './index'
import { bytesOf, drawPairs, SENTENCE_BYTES } from './sentences'

const TRAINING = 8000
const HELD_OUT = 600
const SEED = 1954

export function sentencesSuite(): SuiteDraft {
  const random = createRandom(SEED)
  const training = drawPairs(TRAINING, 'training', random)
  const heldOut = random.shuffle(drawPairs(HELD_OUT, 'held out', random))
  const data = heldOut
    .map(({ texts, same }) =>
      JSON.stringify({ bytes: texts.map(bytesOf), label: same ? 1 : 0, texts }),
    )
    .join('\n')
    .concat('\n')
  const model = embeddingOnnx(trainEmbedding(training, { epochs: 8, rate: 0.05 }, random))
  return {
    manifest: {
      schemaVersion: 1,
      id: 'sentences',
      version: '1.0.0',
      title: 'Sentences',
      description: `Do two sentences mean the same? ${HELD_OUT} pairs of what customers ask, in English, in wordings that the reference model never saw. A model of this suite takes the UTF-8 bytes of both, 2 × ${SENTENCE_BYTES} with zeros behind them, and answers with how alike they are. Synthetic: put together from phrases by a program.`,
      category: 'language',
      task: 'classification',
      licence: OWN_WORK,
      data: {
        format: 'jsonl',
        file: fileOf('data.jsonl', data),
        features: 'bytes',
        label: 'label',
      },
      inputs: { kind: 'data' },
      scenarios: [
        { kind: 'single-stream' },
        { kind: 'offline' },
        { kind: 'server', latencyBoundMs: 10 },
      ],
      metric: 'auc',
      references: [
        {
          name: 'trigram-embedding-32',
          format: 'onnx',
          file: fileOf('trigram-embedding-32.onnx', model),
          licence: OWN_WORK,
        },
      ],
    },
    files: { 'data.jsonl': data, 'trigram-embedding-32.onnx': model },
  }
}

import { createRandom } from '@shared/statistics/random'
import {
  CHARACTER_SIDE,
  CHARACTERS,
  drawCharacter,
  FONTS,
  type Font,
  GRAYS,
  UNSEEN_FONT,
} from './characters'
import { fileOf, OWN_WORK } from './file'
import type { SuiteDraft } from './index'
import { networkOnnx } from './network-onnx'
import { type Example, train } from './train'

/** Of each character in each font. */
const TRAINING = 40
const HELD_OUT = 3
const SEED = 1450

export function charactersSuite(): SuiteDraft {
  const random = createRandom(SEED)
  const draw = (fonts: readonly Font[], each: number) =>
    CHARACTERS.flatMap((character) =>
      fonts.flatMap((font) =>
        Array.from({ length: each }, () => ({
          character,
          font: font.name,
          pixels: drawCharacter(character, font, random),
        })),
      ),
    )
  const examples = draw(FONTS, TRAINING).map(
    ({ character, pixels }): Example => ({
      x: Float32Array.from(pixels, (value) => value / GRAYS),
      y: CHARACTERS.indexOf(character),
    }),
  )
  const heldOut = random.shuffle(draw([...FONTS, UNSEEN_FONT], HELD_OUT))
  const data = heldOut
    .map(({ character, font, pixels }) =>
      JSON.stringify({ pixels: Array.from(pixels), label: character, font }),
    )
    .join('\n')
    .concat('\n')
  const settings = { hidden: 64, outputs: CHARACTERS.length, epochs: 14, rate: 0.03 }
  const model = networkOnnx(
    train(examples, settings, random),
    'Synthetic printed characters, one hidden layer of 64',
  )
  return {
    manifest: {
      schemaVersion: 1,
      id: 'characters',
      version: '1.0.0',
      title: 'Characters',
      description: `${heldOut.length} printed characters (A to Z, 2 to 9), ${CHARACTER_SIDE} × ${CHARACTER_SIDE} gray values, 0 ink to 1 paper, in ${FONTS.length + 1} fonts as a scanner sees them. Synthetic: drawn by a program. One font of these, "${UNSEEN_FONT.name}", the reference model never saw.`,
      category: 'documents',
      task: 'classification',
      licence: OWN_WORK,
      data: {
        format: 'jsonl',
        file: fileOf('data.jsonl', data),
        features: 'pixels',
        label: 'label',
        scaling: { mean: [0], std: [GRAYS] },
      },
      inputs: { kind: 'data' },
      reading: { classes: CHARACTERS },
      scenarios: [
        { kind: 'single-stream' },
        { kind: 'offline' },
        { kind: 'multi-stream' },
        { kind: 'server', latencyBoundMs: 10 },
      ],
      metric: 'accuracy',
      references: [
        {
          name: 'characters-mlp-64',
          format: 'onnx',
          file: fileOf('characters-mlp-64.onnx', model),
          licence: OWN_WORK,
        },
      ],
    },
    files: { 'data.jsonl': data, 'characters-mlp-64.onnx': model },
  }
}

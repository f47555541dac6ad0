import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createRandom, mutate } from '../fixtures/mutate'
import { evaluationSamples } from '../fixtures/scan-evaluation'
import { payload } from '../fixtures/scan-evaluation/opcodes'
import { graphSamples } from './fuzz-graphs'

/** Larger seeds would cost most of the time and lead to the same code. */
const LARGEST_SEED = 64 * 1024
const SAMPLES = resolve(import.meta.dirname, '../../resources/samples')

export interface FuzzCase {
  index: number
  seedName: string
  steps: string[]
  /** What must hold beyond the laws of every file. */
  kind: 'mutated' | 'cut' | 'armed'
  fileName: string
  bytes: Buffer
  /** Bytes that were cut off; 0 for other kinds. */
  missing: number
}

export interface Seed {
  name: string
  fileName: string
  bytes: Buffer
}

function seeds(): readonly Seed[] {
  const shipped = readdirSync(SAMPLES).map((fileName) => ({
    name: fileName,
    fileName,
    bytes: readFileSync(join(SAMPLES, fileName)),
  }))
  const labelled = evaluationSamples().map(({ family, name, fileName, bytes }) => ({
    name: `${family} / ${name}`,
    fileName,
    bytes: bytes(),
  }))
  return [...labelled, ...shipped, ...graphSamples()].filter(
    ({ bytes }) => bytes.length > 0 && bytes.length <= LARGEST_SEED,
  )
}

/** Openings that run a command whatever follows: with STOP, without, and of protocol 0. */
const ARMS = [
  payload(2),
  payload(4),
  payload(4).subarray(0, -1),
  payload(0),
  payload(0).subarray(0, -1),
]

/** Case `index` of a run: a pure function of the run's seed and the index. */
export function createCases(runSeed: number): (index: number) => FuzzCase {
  const all = seeds()
  return (index) => {
    const random = createRandom(Math.imul(runSeed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b))
    const seed = random.pick(all)
    const { name: seedName, fileName } = seed
    const kind = random.below(20)
    if (kind === 0) {
      const bytes = seed.bytes.subarray(0, random.below(seed.bytes.length))
      const missing = seed.bytes.length - bytes.length
      return { index, seedName, steps: [`cut ${missing}`], kind: 'cut', fileName, bytes, missing }
    }
    const { bytes, steps } = mutate(seed.bytes, random.pick(all).bytes, random)
    const mutated = { index, seedName, fileName, missing: 0 }
    if (kind !== 1) return { ...mutated, steps, kind: 'mutated', bytes }
    const armed = Buffer.concat([random.pick(ARMS), bytes])
    return { ...mutated, steps: [...steps, 'armed'], kind: 'armed', bytes: armed }
  }
}

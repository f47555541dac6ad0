import { Accuracy } from '@shared/benchmark/accuracy'
import { Sha256 } from '@shared/benchmark/digest'
import { Measured } from '@shared/benchmark/launch'
import { Profile } from '@shared/benchmark/profile'
import { EngineName, ModelFormat } from '@shared/benchmark/result'
import { METRICS } from '@shared/benchmark/scales'
import { Scenario } from '@shared/benchmark/scenario'
import { DataSet, Reading, SpeedInputs } from '@shared/benchmark/suite'
import { z } from 'zod'

/**
 * What host and benchmark child say to each other: one plan, then facts. The child is believed in nothing
 * before the schema has seen it: it has run somebody's model.
 */
export const LaunchPlan = z.object({
  model: z.object({
    format: ModelFormat,
    /** The file that is opened, and its SHA-256: checked before anything is loaded. */
    path: z.string().min(1),
    sha256: Sha256,
    /** Files that the first one names (external data, shards), each with its own hash. */
    parts: z.array(z.object({ path: z.string().min(1), sha256: Sha256 })).max(10_000),
  }),
  engine: z.object({
    name: EngineName,
    /** Folder of the engine's package: its library, its wasm file. */
    folder: z.string().min(1),
    threads: z.number().int().min(1).max(1024),
  }),
  scenario: Scenario,
  profile: Profile,
  /** Of this launch: order of the items, arrivals, which outputs are looked at. */
  seed: z.number().int().min(0).max(0xffffffff),
  /** Of the job: what random items are made of. The same for all launches that are compared. */
  itemSeed: z.number().int().min(0).max(0xffffffff),
  inputs: SpeedInputs,
  reading: Reading,
  /** Folder of the suite and its data set; absent where there is none or it is not needed. */
  data: z.object({ folder: z.string().min(1), set: DataSet }).optional(),
  /** Run over the whole data set before the timed part, and answer with predictions. */
  accuracy: z
    .object({
      task: z.enum(['classification', 'regression', 'generation']),
      metrics: z.array(z.enum(METRICS)).min(1),
    })
    .optional(),
  limits: z.object({
    /** Numbers in one output; a model that answers with more is bad-output. */
    outputElements: z.number().int().positive(),
    /** Bytes of the data set in memory. */
    dataBytes: z.number().int().positive(),
    /** Numbers in one generated input. */
    inputElements: z.number().int().positive(),
  }),
})
export type LaunchPlan = z.infer<typeof LaunchPlan>

/**
 * `check` loads the model and looks at what it wants; it runs nothing of it. `try-core` is about no model: how
 * fast the core is that the child was put on.
 */
export type ToBenchmarkChild = { type: 'run' | 'check'; plan: LaunchPlan } | { type: 'try-core' }

const Port = z.object({
  name: z.string().max(1000),
  type: z.string().max(20),
  /** null is a size that is free; no shape at all where the model does not say. */
  shape: z.array(z.number().int().nonnegative().nullable()).max(64).nullable(),
})

export const PHASES = [
  'verifying',
  'loading',
  'first-inference',
  'accuracy',
  'warm-up',
  'measuring',
] as const
export const Phase = z.enum(PHASES)
export type Phase = z.infer<typeof Phase>

export const FromBenchmarkChild = z.discriminatedUnion('type', [
  z.object({ type: z.literal('phase'), phase: Phase }),
  /** Between timed segments only: saying it costs time. `p50Ns` is of the last segment. */
  z.object({
    type: z.literal('progress'),
    phase: Phase,
    /** 0..1 */
    share: z.number().min(0).max(1),
    queries: z.number().int().nonnegative(),
    p50Ns: z.number().nonnegative().nullable(),
    rssBytes: z.number().int().nonnegative(),
  }),
  /** The last message of a launch that went well. */
  z.object({
    type: z.literal('result'),
    measured: Measured,
    accuracy: Accuracy.nullable(),
  }),
  /** The last message of a check: the engine takes the model, and the suite's items fit it. */
  z.object({
    type: z.literal('fits'),
    inputs: z.array(Port).max(1000),
    outputs: z.array(Port).max(1000),
    /** The only batch size it takes; null when it is free, or for a language model. */
    fixedBatch: z.number().int().positive().nullable(),
    /** Of a language model; null for a model of tensors. */
    contextTokens: z.number().int().positive().nullable(),
    /** Resident memory with the model loaded; running it takes more. */
    rssBytes: z.number().int().nonnegative(),
  }),
  /** The answer to `try-core`: what a fixed piece of work took in the middle. */
  z.object({ type: z.literal('core'), passNs: z.number().positive() }),
  /** The last message of one that did not, where the child could still say so. */
  z.object({
    type: z.literal('failed'),
    kind: z.enum(['bad-output', 'out-of-memory', 'refused']),
    sentence: z.string().max(4000),
  }),
])
export type FromBenchmarkChild = z.infer<typeof FromBenchmarkChild>
export type FitsMessage = Extract<FromBenchmarkChild, { type: 'fits' }>
export type ResultMessage = Extract<FromBenchmarkChild, { type: 'result' }>

import { z } from 'zod'
import { Sha256 } from './digest'
import { METRICS, MODEL_FORMATS, TASKS } from './scales'
import { Scenario } from './scenario'

/** A path inside the suite's folder: '/' between names, nowhere up, nowhere absolute. */
export const SuitePath = z
  .string()
  .min(1)
  .max(300)
  .regex(/^(?![/\\])(?!.*(?:^|[/\\])\.\.(?:[/\\]|$))[^\\:\0]+$/, 'a path inside the suite')

export const SuiteFile = z.object({ path: SuitePath, sha256: Sha256 })
export type SuiteFile = z.infer<typeof SuiteFile>

export const Licence = z.object({
  /** SPDX expression, or a name where there is none. */
  name: z.string().min(1).max(100),
  /** Where the thing comes from and who made it. */
  source: z.string().min(1).max(1000),
})

/** Sizes of one item, without the batch. [] is a scalar per item. */
export const ItemShape = z.array(z.number().int().min(1).max(1_000_000)).max(8)

/** How the pixels of an item become numbers: (value / 255 - mean) / std, per channel. */
export const ImagePreprocessing = z.object({
  width: z.number().int().min(1).max(8192),
  height: z.number().int().min(1).max(8192),
  channels: z.enum(['gray', 'rgb']),
  /** Nearest pixel or bilinear: both are defined in docs/suites.md to the last bit. */
  resize: z.enum(['nearest', 'bilinear']).default('bilinear'),
  layout: z.enum(['hwc', 'chw']).default('chw'),
  mean: z.array(z.number()).min(1).max(3).default([0]),
  std: z.array(z.number().positive()).min(1).max(3).default([1]),
})
export type ImagePreprocessing = z.infer<typeof ImagePreprocessing>

/** Numbers of a table or an array: (value - mean) / std, the same for all or one per column. */
export const Scaling = z.object({
  mean: z.array(z.number()).min(1).default([0]),
  std: z.array(z.number().positive()).min(1).default([1]),
})

/** Labelled items. The file is read by the child, after its SHA-256 was checked. */
export const DataSet = z.discriminatedUnion('format', [
  z.object({
    format: z.literal('csv'),
    file: SuiteFile,
    /** Columns that make up an item, by name in the first line, in the order the model wants. */
    features: z.array(z.string().min(1)).min(1),
    label: z.string().min(1),
    scaling: Scaling.optional(),
  }),
  z.object({
    format: z.literal('jsonl'),
    file: SuiteFile,
    /** Key of an array of numbers, or of a text for generation. */
    features: z.string().min(1),
    label: z.string().min(1),
    scaling: Scaling.optional(),
  }),
  z.object({
    format: z.literal('npy'),
    /** [items, …]: any numeric type of numpy, little-endian, C order. */
    file: SuiteFile,
    /** [items]; integers are classes, floats are targets. */
    labels: SuiteFile,
    scaling: Scaling.optional(),
  }),
  z.object({
    format: z.literal('npz'),
    file: SuiteFile,
    /** Names of the two arrays in the archive. */
    features: z.string().min(1),
    label: z.string().min(1),
    scaling: Scaling.optional(),
  }),
  z.object({
    format: z.literal('images'),
    /** CSV with the columns `file` (below this CSV's folder), `label`, `sha256`: one line an image. */
    file: SuiteFile,
    preprocessing: ImagePreprocessing,
  }),
])
export type DataSet = z.infer<typeof DataSet>

/** What the timed queries feed. */
export const SpeedInputs = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('random'),
    /** Sizes of one item per input of the model; an input that is not named takes its own, with 1 for what is free. */
    shapes: z.record(z.string(), ItemShape).default({}),
    /** Different items that are cycled through: one item again and again would reward a cache. */
    items: z.number().int().min(1).max(65_536).default(64),
    low: z.number().default(0),
    high: z.number().default(1),
  }),
  /** The items of the data set, in an order drawn from the launch's seed. */
  z.object({ kind: z.literal('data') }),
  /** Texts for `generation`; they are cut or repeated to the scenario's prompt length. */
  z.object({
    kind: z.literal('prompts'),
    prompts: z.array(z.string().min(1).max(100_000)).min(1).max(1000),
  }),
])
export type SpeedInputs = z.infer<typeof SpeedInputs>

/** Which inputs and outputs mean what. */
export const Reading = z.object({
  /** Inputs that are one number everywhere, such as a sample rate. */
  constants: z.record(z.string(), z.number()).default({}),
  /** Output of the model; its first one when absent. */
  output: z.string().min(1).optional(),
  /** Input that takes the item; the model's first one when absent. */
  input: z.string().min(1).optional(),
  /** Names of the classes by index of the output; without it labels are the indices. */
  classes: z.array(z.string()).max(100_000).optional(),
})

export const ReferenceModel = z.object({
  name: z.string().min(1).max(100),
  format: z.enum(MODEL_FORMATS),
  file: SuiteFile,
  licence: Licence,
})
export type ReferenceModel = z.infer<typeof ReferenceModel>

/**
 * suite.json of a suite folder. Results of different versions of a suite are never ranked
 * together: whatever changes a number changes the version.
 */
export const SuiteManifest = z
  .object({
    schemaVersion: z.literal(1),
    /** Stable name: `owner/name` for what people share, a bare name for built-in suites. */
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}(\/[a-z0-9][a-z0-9-]{0,60})?$/),
    version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version like 1.0.0'),
    title: z.string().min(1).max(120),
    description: z.string().max(2000).default(''),
    /** Table of a leaderboard that its results belong to. */
    category: z.string().min(1).max(60),
    task: z.enum(TASKS),
    licence: Licence,
    /** Absent where only speed is measured. */
    data: DataSet.optional(),
    inputs: SpeedInputs,
    reading: Reading.default({ constants: {} }),
    scenarios: z.array(Scenario).min(1).max(5),
    /** What ranks models of this suite; null where only speed is measured. */
    metric: z.enum(METRICS).nullable(),
    /** Differences of speed below this part are not worth a word: 0.03 is 3 %. */
    practicalDelta: z.number().min(0.001).max(0.5).default(0.03),
    /** Measured along with every run, so that unlike machines can be compared. */
    references: z.array(ReferenceModel).max(8).default([]),
  })
  .refine((suite) => (suite.metric === null) === (suite.data === undefined), {
    message: 'a suite has both a data set and a metric, or neither',
    path: ['metric'],
  })
  .refine((suite) => suite.inputs.kind !== 'data' || suite.data !== undefined, {
    message: 'inputs of kind "data" need a data set',
    path: ['inputs'],
  })
  .refine(
    (suite) =>
      suite.scenarios.every((one) => (one.kind === 'generation') === (suite.task === 'generation')),
    { message: 'the scenario "generation" and the task "generation" go together', path: ['task'] },
  )
export type SuiteManifest = z.infer<typeof SuiteManifest>

/** Which suite a result is of. */
export const SuiteReference = z.object({
  id: z.string(),
  version: z.string(),
  /** Of suite.json as canonical JSON: names every data file by its own hash. */
  sha256: Sha256,
})
export type SuiteReference = z.infer<typeof SuiteReference>

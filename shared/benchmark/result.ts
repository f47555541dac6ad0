import { z } from 'zod'
import { Accuracy } from './accuracy'
import { Sha256 } from './digest'
import { EnvironmentStamp, QuietReading } from './environment'
import { Launch } from './launch'
import { Profile } from './profile'
import { ENGINES, GRADES, MODEL_FORMATS } from './scales'
import { Scenario } from './scenario'
import { SuiteReference } from './suite'

export const EngineName = z.enum(ENGINES)
export type EngineName = z.infer<typeof EngineName>

export const ModelFormat = z.enum(MODEL_FORMATS)
export type ModelFormat = z.infer<typeof ModelFormat>

/** A file of the model: an ONNX file and its external data, a TF.js model.json and its shards. */
export const ModelFile = z.object({
  /** Relative to the folder of the first, which is the one that is opened. */
  path: z.string().min(1),
  sha256: Sha256,
  bytes: z.number().int().nonnegative(),
})
export type ModelFile = z.infer<typeof ModelFile>

export const ModelIdentity = z.object({
  format: ModelFormat,
  files: z.array(ModelFile).min(1).max(10_000),
})
export type ModelIdentity = z.infer<typeof ModelIdentity>

export const EngineStamp = z.object({
  name: EngineName,
  version: z.string(),
  /** Of the library that computes: .so, .dll, .dylib or .wasm. */
  librarySha256: Sha256,
  /** Threads inside one operator; 1 for rankings. */
  threads: z.number().int().min(1).max(1024),
})
export type EngineStamp = z.infer<typeof EngineStamp>

/** The run's own scan of the model, or why it ran without a clean one. */
export const ScanStamp = z.object({
  reportId: z.string().nullable(),
  verdict: z.string().nullable(),
  complete: z.boolean(),
  /** Reason the user gave for running it all the same; null when the scan is complete and clean. */
  override: z.string().min(1).max(1000).nullable(),
})

export const NetworkIsolation = z.object({
  isolated: z.boolean(),
  /** `unshare`, `sandbox-exec`; null where there is none, and results say "network not isolated". */
  by: z.enum(['unshare', 'sandbox-exec']).nullable(),
  /** Why not, when it is not. */
  reason: z.string().nullable(),
})
export type NetworkIsolation = z.infer<typeof NetworkIsolation>

/**
 * The canonical document of one model's run: raw launches, from which every number is recomputed.
 * No statistic over launches is stored here; shared/statistics makes them.
 */
export const BenchmarkResult = z.object({
  schemaVersion: z.literal(1),
  suite: SuiteReference,
  scenario: Scenario,
  profile: Profile,
  model: ModelIdentity,
  engine: EngineStamp,
  scan: ScanStamp,
  environment: EnvironmentStamp,
  network: NetworkIsolation,
  /** Of the job; every launch draws its own from it. */
  seed: z.number().int().min(0).max(0xffffffff),
  startedAt: z.iso.datetime(),
  launches: z.array(Launch).min(1).max(1000),
  /** Of the first launch, where the suite has data. */
  accuracy: Accuracy.nullable(),
  quiet: z.array(QuietReading),
  grade: z.enum(GRADES),
  /** What the run could not do or see, in sentences. */
  notes: z.array(z.string()),
})
export type BenchmarkResult = z.infer<typeof BenchmarkResult>

import { z } from 'zod'
import { Sha256 } from './digest'
import { Evidence } from './evidence'
import { AccuracyFigure, Figure } from './figures'
import { ProfileName } from './profile'
import { EngineName, ModelFormat } from './result'
import { GRADES, SCENARIOS } from './scales'

export const ResultId = z.uuid().brand<'ResultId'>()
export type ResultId = z.infer<typeof ResultId>

/** One result in a list: what tables, history and leaderboard need of it without its launches. */
export const ResultRow = z.object({
  id: ResultId,
  /** The job that measured it; results of one job were interleaved. */
  runId: z.uuid(),
  /** 'reference' models are measured along, so that unlike machines can be compared. */
  role: z.enum(['model', 'reference']),
  /** What the user would call the model: name of its file or folder. */
  name: z.string(),
  format: ModelFormat,
  /** Of the file that is opened. */
  modelSha256: Sha256,
  /** Bytes of all its files. */
  modelBytes: z.number().int(),
  suite: z.object({ id: z.string(), version: z.string(), title: z.string(), category: z.string() }),
  scenario: z.enum(SCENARIOS),
  engine: z.object({ name: EngineName, version: z.string(), threads: z.number().int() }),
  profile: ProfileName,
  startedAt: z.date(),
  /** Exact environment: the same value continues one line of history. */
  fingerprint: Sha256,
  hardwareClass: z.string(),
  grade: z.enum(GRADES),
  /** Grade C is kept here and never leaves. */
  publishable: z.boolean(),
  evidence: Evidence,
  /** Ran without a complete and clean scan, with this reason. */
  override: z.string().nullable(),
  launches: z.number().int(),
  /** Of the measure the scenario is judged by; null where no launch ended well. */
  headline: Figure.nullable(),
  /** Of the metric the suite ranks by. */
  accuracy: AccuracyFigure.nullable(),
  /** Median of peak memory minus base, bytes. */
  memoryBytes: z.number().nullable(),
  /** Results of one model at one place share it: a hash of the path, never published. */
  series: z.string(),
})
export type ResultRow = z.infer<typeof ResultRow>

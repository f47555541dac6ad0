import { z } from 'zod'
import { Sha256 } from './digest'
import { Evidence } from './evidence'
import { MEASURES } from './measures'
import { GRADES, METRICS } from './scales'

export const LeaderboardRow = z.object({
  modelSha256: Sha256,
  name: z.string(),
  /** Level of the model after the machines' share is taken out, in the unit of the measure. */
  estimate: z.number(),
  lower: z.number(),
  upper: z.number(),
  /** Ranks as an interval: models whose intervals overlap share places. */
  rank: z.object({ best: z.number().int(), worst: z.number().int() }),
  accuracy: z.object({ metric: z.enum(METRICS), value: z.number() }).nullable(),
  memoryBytes: z.number().nullable(),
  results: z.number().int(),
  machines: z.number().int(),
  evidence: Evidence,
  /** Worst grade of the results it stands on. */
  grade: z.enum(GRADES),
  /** Newest of them, to open. */
  resultId: z.string(),
  /** A reference model of the suite. */
  reference: z.boolean(),
  /** The newest of them is in a passport of somebody else, and there is no document to open. */
  imported: z.boolean().optional(),
})
export type LeaderboardRow = z.infer<typeof LeaderboardRow>

/** Models that can be ranked together: one suite version and, through shared models, one set of machines. */
export const LeaderboardTable = z.object({
  suiteId: z.string(),
  suiteVersion: z.string(),
  category: z.string(),
  measure: z.enum(MEASURES),
  /** Hardware classes it stands on. */
  hardwareClasses: z.array(z.string()),
  /** Taken out of every number: each machine's own speed, geometric mean 1. Empty for one machine. */
  machines: z.array(z.object({ hardwareClass: z.string(), factor: z.number() })),
  rows: z.array(LeaderboardRow),
  /** Of how many results were left out, and why. */
  notes: z.array(z.string()),
})
export type LeaderboardTable = z.infer<typeof LeaderboardTable>

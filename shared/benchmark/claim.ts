import { z } from 'zod'
import { Sha256 } from './digest'
import { MEASURES } from './measures'
import { METRICS, SCENARIOS } from './scales'

/** What a seller states about a model: one number of one suite. */
export const ClaimStatement = z.object({
  modelSha256: Sha256,
  /** As shown to people. */
  modelName: z.string().min(1).max(200),
  suiteId: z.string().min(1),
  suiteVersion: z.string().min(1),
  scenario: z.enum(SCENARIOS),
  figure: z.discriminatedUnion('kind', [
    /** In the unit of the measure (shared/benchmark/measures.ts). */
    z.object({ kind: z.literal('speed'), measure: z.enum(MEASURES), value: z.number().positive() }),
    z.object({ kind: z.literal('accuracy'), metric: z.enum(METRICS), value: z.number() }),
  ]),
  /** Machine it is claimed for; null for "any": then unlike machines leave it inconclusive. */
  hardwareClass: z.string().nullable(),
  /** Where the claim stands: a listing, a paper. */
  source: z.string().max(1000).default(''),
})
export type ClaimStatement = z.infer<typeof ClaimStatement>

export const CLAIM_VERDICTS = ['reproduced', 'refuted', 'inconclusive'] as const

/** One look that could tell a claim from the truth. */
export const ClaimCheck = z.object({
  check: z.enum(['figure', 'caching', 'outputs', 'machine', 'grade']),
  result: z.enum(['ok', 'bad', 'unknown']),
  sentence: z.string(),
})
export type ClaimCheck = z.infer<typeof ClaimCheck>

export const ClaimVerdict = z.object({
  verdict: z.enum(CLAIM_VERDICTS),
  /** Measured over claimed; null where nothing was measured. */
  ratio: z.object({ estimate: z.number(), lower: z.number(), upper: z.number() }).nullable(),
  /** Half width of what counts as the same: 0.1 is 10 %, as in MLPerf's compliance test 01. */
  band: z.number(),
  /** Results it was judged by. */
  results: z.array(z.string()),
  checks: z.array(ClaimCheck),
  moreLaunches: z.number().int().nullable(),
})
export type ClaimVerdict = z.infer<typeof ClaimVerdict>

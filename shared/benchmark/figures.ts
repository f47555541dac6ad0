import { z } from 'zod'
import { MEASURES } from './measures'
import { METRICS } from './scales'

/** One number of a result over its launches: the median of the launches' values, and how sure it is. */
export const Figure = z.object({
  measure: z.enum(MEASURES),
  unit: z.enum(['ns', 'ms', 'per-second', 'bytes', 'joules']),
  better: z.enum(['lower', 'higher']),
  estimate: z.number(),
  /** Bounds of the interval; equal to the estimate where there is one launch only. */
  lower: z.number(),
  upper: z.number(),
  /** What the interval achieves; null where there are too few launches for any. */
  confidence: z.number().nullable(),
  /** Of each counted launch, in the order of their blocks. */
  values: z.array(z.number()),
  /** Standard deviation over mean between launches; null for one launch. */
  spread: z.number().nullable(),
  /** Launches beyond Tukey's fences (1.5 interquartile ranges): shown, never dropped. */
  outliers: z.number().int(),
})
export type Figure = z.infer<typeof Figure>

/** How good the answers are; the interval is Wilson's for shares, a bootstrap over items otherwise. */
export const AccuracyFigure = z.object({
  metric: z.enum(METRICS),
  value: z.number(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  items: z.number().int(),
})
export type AccuracyFigure = z.infer<typeof AccuracyFigure>

/** Everything a result says, computed from its raw launches. */
export const Summary = z.object({
  launches: z.object({
    /** Whose numbers count. */
    counted: z.number().int(),
    /** Repeated because others used the machine meanwhile, or because of a pause. */
    repeated: z.number().int(),
    /** Counted although they were still noisy. */
    noisy: z.number().int(),
    /** Ended otherwise than well. */
    failed: z.number().int(),
  }),
  figures: z.array(Figure),
  accuracy: z.array(AccuracyFigure),
  /**
   * LoadGen's estimate of the scenario's percentile, over all counted queries of the launch with
   * the fewest: null where the scenario has none.
   */
  earlyStopping: z
    .object({
      percentile: z.number(),
      estimateNs: z.number().nullable(),
      moreQueries: z.number().int(),
      queries: z.number().int(),
      tolerated: z.number().int(),
      needed: z.number().int(),
    })
    .nullable(),
  /** See repeated-item.ts; null where the scenario does not measure it. */
  repeatedItem: z.object({ ratio: z.number(), savedNs: z.number() }).nullable(),
  /** Sampled outputs of timed runs that differ from the accuracy run, over those compared. */
  outputs: z.object({ compared: z.number().int(), different: z.number().int() }).nullable(),
})
export type Summary = z.infer<typeof Summary>

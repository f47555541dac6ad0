import { z } from 'zod'
import { Sha256 } from './digest'
import { METRICS } from './scales'

const Label = z.union([z.string().max(10_000), z.number()])

/** What the model said about one item. Two models on the same items are compared by these. */
export const Prediction = z.object({
  /** Position in the data set, from 0. */
  item: z.number().int().nonnegative(),
  expected: Label,
  predicted: Label,
  /**
   * Classification: probability of the predicted class; with two classes, of the second one. Generation: logarithm of the
   * likelihood of the expected text. Regression: the error. Rounded to 4 decimals, because the last bits
   * differ between machines.
   */
  score: z.number(),
  /** Null in regression, where nothing is just right or wrong. */
  correct: z.boolean().nullable(),
  /** Tokens of the expected text; in generation only. */
  tokens: z.number().int().positive().optional(),
  /** Place of the expected class among all, 1 is the top; null where there are no classes. */
  rank: z.number().int().positive().nullable(),
})
export type Prediction = z.infer<typeof Prediction>

export const MetricValue = z.object({ metric: z.enum(METRICS), value: z.number() })
export type MetricValue = z.infer<typeof MetricValue>

/** Rows are expected, columns are predicted classes; only non-zero cells. */
export const Confusion = z.object({
  classes: z.array(z.string()).max(100_000),
  cells: z.array(
    z.tuple([
      z.number().int().nonnegative(),
      z.number().int().nonnegative(),
      z.number().int().positive(),
    ]),
  ),
})
export type Confusion = z.infer<typeof Confusion>

export const Accuracy = z.object({
  /** Of the data file as it was read. */
  dataSha256: Sha256,
  items: z.number().int().positive(),
  /** Items that could not be decoded or answered, with the reason: they count as wrong. */
  failed: z.array(z.object({ item: z.number().int().nonnegative(), reason: z.string() })),
  metrics: z.array(MetricValue).min(1),
  predictions: z.array(Prediction),
  /** Null where there are no classes. */
  confusion: Confusion.nullable(),
  /** Items the model was surest about and wrong, or furthest off; worst first. */
  worst: z.array(z.number().int().nonnegative()).max(20),
})
export type Accuracy = z.infer<typeof Accuracy>

import { z } from 'zod'
import { Figure } from './figures'
import { MEASURES } from './measures'
import { ResultRow } from './result-row'

/** Which results make one line: everything but the model's own version and the machine is equal. */
export const HistoryQuery = z.object({
  series: z.string(),
  suiteId: z.string(),
  suiteVersion: z.string(),
  scenario: ResultRow.shape.scenario,
  /** The scenario's own measure when absent. */
  measure: z.enum(MEASURES).optional(),
  threads: z.number().int().positive().optional(),
})
export type HistoryQuery = z.infer<typeof HistoryQuery>

export const HistoryPoint = z.object({ row: ResultRow, figure: Figure })
export type HistoryPoint = z.infer<typeof HistoryPoint>

/** Where the level of a line changed, and stayed. */
export const ChangePoint = z.object({
  /** First point of the new level. */
  at: z.number().int(),
  /** New level over the old one minus 1. */
  effect: z.number(),
  p: z.number(),
  direction: z.enum(['faster', 'slower']),
  /** The next run showed it as well; a single run is only suspected. */
  confirmed: z.boolean(),
})
export type ChangePoint = z.infer<typeof ChangePoint>

/** Something else changed between two points: a step there says nothing about the model. */
export const HistorySwitch = z.object({
  at: z.number().int(),
  what: z.array(z.enum(['environment', 'engine', 'model'])),
})
export type HistorySwitch = z.infer<typeof HistorySwitch>

export const BenchmarkHistory = z.object({
  measure: z.enum(MEASURES),
  /** Oldest first. Grade C is shown and takes no part in change points. */
  points: z.array(HistoryPoint),
  changes: z.array(ChangePoint),
  switches: z.array(HistorySwitch),
})
export type BenchmarkHistory = z.infer<typeof BenchmarkHistory>

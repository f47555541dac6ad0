import { Fact } from '@shared/scan-report/fact'
import { z } from 'zod'
import type { Pieces } from '../../event-loop'
import { type FileResult, Neighbour } from '../protocol'

/** What is kept of a file. Errors are not: the next reading may go better. */
export const KnownResult = z.object({
  format: z.string(),
  sha256: z.string(),
  status: z.enum(['complete', 'inconclusive']),
  reason: z.string().nullable(),
  facts: z.array(Fact),
  /** Files that were read for it as well; it holds while they are as they were. */
  beside: z.array(Neighbour).optional(),
})
export type KnownResult = z.infer<typeof KnownResult>

const Unchecked = KnownResult.extend({ facts: z.array(z.unknown()) })
/** Facts that are checked between two pauses: about a millisecond. */
const PIECE = 64

/** The row to keep; undefined for what the same bytes need not give again. */
export function keepable(result: FileResult): string | undefined {
  const { format, sha256, status, reason, repeatable, stat, facts, beside } = result
  if (!repeatable || status === 'error' || sha256 === null || stat === null) return undefined
  return JSON.stringify({ format, sha256, status, reason, facts, beside })
}

/** A row that was damaged on disk is no row. */
export function* readKept(body: string): Pieces<KnownResult | undefined> {
  try {
    const { facts: all, ...rest } = Unchecked.parse(JSON.parse(body))
    const facts: Fact[] = []
    for (let at = 0; at < all.length; at += PIECE) {
      for (const fact of all.slice(at, at + PIECE)) facts.push(Fact.parse(fact))
      yield
    }
    return { ...rest, facts }
  } catch {
    return undefined
  }
}

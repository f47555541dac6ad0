import type { Fact } from '@shared/scan-report/fact'
import type { Status } from '@shared/scan-report/report'
import type { ScanLimits } from '../protocol'
import type { ByteSource } from './byte-source'

/** What a parser says when it is done. Only 'complete' may ever end as a clean verdict. */
export interface Outcome {
  status: Status
  /** A sentence; null only when complete. */
  reason: string | null
}

export const COMPLETE: Outcome = { status: 'complete', reason: null }
export const inconclusive = (reason: string): Outcome => ({ status: 'inconclusive', reason })

/** The bytes are not what the format says. Ends as `inconclusive` with this message. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError'
}

/** A limit was reached: time, memory, depth, ratio, count. Ends as `inconclusive`. */
export class LimitError extends Error {
  override readonly name = 'LimitError'
}

/** Where parsers put what they see, and how they ask for more. One per file; members derive from it. */
export interface ParseContext {
  readonly limits: ScanLimits
  /** Path of the member being parsed, undefined for the file itself. */
  readonly member: string | undefined
  /**
   * Name that these bytes go by: the file's path as shown, or the member's name. Chosen by whoever
   * made the file, so it may add suspicion and never remove it.
   */
  readonly name: string
  /** 0 for the file itself; each nested container adds one. */
  readonly depth: number
  /**
   * Records a fact; `location.member` is filled in. Equal (kind, name, evidence) facts of a member
   * are counted, not repeated, and the number of facts is limited.
   */
  add(fact: Fact): void
  /** Shorthand for a 'structure' fact. */
  anomaly(name: string, offset: number, evidence?: string): void
  /**
   * Parsers call this at least every few milliseconds. Reports progress; throws LimitError when
   * the time for this file is over.
   */
  checkpoint(): void
  /**
   * Bytes of another file of the same delivery, by its path from the folder of this one; undefined
   * when it is not there or may not be read. Absent where a file stands alone, as members do.
   */
  readonly beside?: ((path: string) => Uint8Array | undefined) | undefined
  /**
   * Detects and parses bytes found inside this one (archive member, nested pickle). Outcomes of
   * members count for the file: beyond `limits.depth` the member is inconclusive, beyond
   * `limits.members` this throws LimitError. `name` is appended to the member path. `as` parses the
   * bytes as that format whatever they look like. Returns what it was and how it ended.
   */
  scanMember(
    source: ByteSource,
    name: string,
    as?: { format: string; parse: Parser },
  ): { format: string; outcome: Outcome }
}

/**
 * One format. `parse` may refine the format it was detected as (zip -> pytorch-zip) by returning it.
 * Throws MalformedError or LimitError where it cannot go on; facts recorded before that are kept.
 */
export type Parser = (source: ByteSource, context: ParseContext) => Outcome & { format?: string }

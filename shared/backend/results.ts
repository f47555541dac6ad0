import { z } from 'zod'
import { AccuracyFigure } from '../benchmark/figures'
import { MEASURES } from '../benchmark/measures'
import { GRADES, SCENARIOS } from '../benchmark/scales'
import { EvidenceLevel } from '../model/evidence-level'
import { Cursor, Instant, PageSize, pageOf, Reason, Sha256, Uuid } from './common'
import { Person } from './identity'
import { read, write } from './rpc'
import { CATEGORIES } from './words'

/** One number, as the server computed it from the raw launches. */
export const ServerFigure = z.object({
  measure: z.enum(MEASURES),
  /** Median over launches, in the unit of the measure (shared/benchmark/measures.ts). */
  estimate: z.number(),
  lower: z.number(),
  upper: z.number(),
  confidence: z.number().nullable(),
  /** Of each counted launch. */
  values: z.array(z.number()),
})
export type ServerFigure = z.infer<typeof ServerFigure>

/** A result on the server. No number of it was taken from who sent it. */
export const PublishedResultRow = z.object({
  id: Uuid,
  versionId: Uuid,
  listingId: Uuid,
  /** Name and number at the time it is read. */
  name: z.string(),
  version: z.string(),
  seller: Person,
  modelSha256: Sha256,
  suite: z.object({ id: z.string(), version: z.string(), category: z.enum(CATEGORIES) }),
  scenario: z.enum(SCENARIOS),
  engine: z.object({ name: z.string(), version: z.string(), threads: z.number().int() }),
  hardwareClass: z.string(),
  fingerprint: Sha256,
  grade: z.enum(GRADES),
  level: EvidenceLevel,
  launches: z.number().int(),
  figures: z.array(ServerFigure),
  accuracy: AccuracyFigure.nullable(),
  memoryBytes: z.number().nullable(),
  state: z.enum(['counted', 'disputed', 'withdrawn', 'refused']),
  measuredAt: Instant,
  receivedAt: Instant,
})
export type PublishedResultRow = z.infer<typeof PublishedResultRow>

/** A set of results that may be ranked together. */
export const Board = z.object({
  suiteId: z.string(),
  suiteVersion: z.string(),
  category: z.enum(CATEGORIES),
  scenario: z.enum(SCENARIOS),
  threads: z.number().int(),
  hardwareClasses: z.array(z.string()),
  models: z.number().int(),
  results: z.number().int(),
})
export type Board = z.infer<typeof Board>

export const Dispute = z.object({
  id: Uuid,
  resultId: Uuid,
  by: Person.nullable(),
  reason: z.string(),
  state: z.enum(['open', 'upheld', 'rejected']),
  decision: z.string().nullable(),
  createdAt: Instant,
  decidedAt: Instant.nullable(),
})
export type Dispute = z.infer<typeof Dispute>

export const RESULT_RPCS = {
  /** `p_result` is PublishedBenchmark.result of shared/benchmark/publication.ts: raw launches and answers. */
  submit_result: write(
    z.object({
      p_id: Uuid,
      p_version_id: Uuid,
      p_result: z.record(z.string(), z.unknown()),
      p_envelope: z.string().max(8_000_000).nullable(),
    }),
    z.object({ id: Uuid, level: EvidenceLevel, grade: z.enum(GRADES) }),
  ),
  /** Of one listing, or without one what the caller published. */
  list_results: read(
    z.object({ p_listing_id: Uuid.nullable(), p_after: Cursor, p_limit: PageSize }),
    pageOf(PublishedResultRow),
  ),
  list_boards: read(z.object({}), z.object({ rows: z.array(Board) })),
  /** Counted results of published versions, newest of each model and machine; ranked by the reader. */
  get_board: read(
    z.object({
      p_suite_id: z.string().max(100),
      p_suite_version: z.string().max(50),
      p_scenario: z.enum(SCENARIOS),
      p_threads: z.number().int(),
      p_hardware_class: z.string().max(200).nullable(),
    }),
    z.object({ rows: z.array(PublishedResultRow) }),
  ),
  dispute_result: write(
    z.object({ p_id: Uuid, p_result_id: Uuid, p_reason: Reason }),
    z.object({ id: Uuid }),
  ),
  list_disputes: read(z.object({}), z.object({ rows: z.array(Dispute) })),
  /** Staff, and not whose result it is. Upheld: the result counts no more. */
  decide_dispute: write(
    z.object({ p_id: Uuid, p_outcome: z.enum(['upheld', 'rejected']), p_reason: Reason }),
    z.object({ id: Uuid, state: Dispute.shape.state }),
  ),
  withdraw_result: write(z.object({ p_result_id: Uuid, p_reason: Reason }), z.object({ id: Uuid })),
  /** Staff, never about what is their own: `reproduced` or `audited`. */
  attest_evidence: write(
    z.object({
      p_subject: z.enum(['report', 'result']),
      p_id: Uuid,
      p_level: z.enum(['reproduced', 'audited']),
      p_reason: Reason,
    }),
    z.object({ id: Uuid, level: EvidenceLevel }),
  ),
}

import { z } from 'zod'
import { EvidenceLevel } from '../model/evidence-level'
import { ScanSection } from '../model/statement'
import { Cursor, Instant, PageSize, pageOf, Reason, Sha256, Uuid } from './common'
import { Person } from './identity'
import { read, write } from './rpc'
import { CATEGORIES, GATES, LISTING_STATES, PRICE_UNITS, VERSION_STATES } from './words'

export const Category = z.enum(CATEGORIES)
export const ListingState = z.enum(LISTING_STATES)
export const VersionState = z.enum(VERSION_STATES)

export const Price = z.object({
  /** Minor units of the currency: cents. 0 is free. */
  amount: z.number().int().min(0).max(100_000_000),
  currency: z.enum(['EUR', 'USD', 'GBP']),
  unit: z.enum(PRICE_UNITS),
})
export type Price = z.infer<typeof Price>

/** What a seller fills in. A draft may lack anything; the checklist says what publishing needs. */
export const Card = z.object({
  name: z.string().trim().min(3).max(80),
  summary: z.string().trim().max(200),
  /** Markdown as text: shown as text, never as HTML. */
  description: z.string().max(20_000),
  category: Category,
  /** SPDX expression; null while none is chosen. */
  licence: z.string().trim().max(200).nullable(),
  tags: z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/)).max(10),
  price: Price.nullable(),
})
export type Card = z.infer<typeof Card>

/** Where the bytes of a version are. Whoever opens them checks the SHA-256 first. */
export const VersionSource = z.discriminatedUnion('kind', [
  /** Private Storage bucket `models`, one object a file: <version id>/<sha256>. */
  z.object({ kind: z.literal('bucket') }),
  z.object({ kind: z.literal('url'), url: z.url({ protocol: /^https$/ }).max(2000) }),
  z.object({
    kind: z.literal('huggingface'),
    repository: z.string().regex(/^[\w.-]{1,96}\/[\w.-]{1,96}$/),
    /** A commit, so that it names the same bytes for ever. */
    revision: z.string().regex(/^[0-9a-f]{40}$/),
  }),
  /** A folder of a worker, by a name its operator gave it. */
  z.object({ kind: z.literal('folder'), name: z.string().regex(/^[\w.-]{1,100}$/) }),
  /** The bytes stay with the seller: hashes only. */
  z.object({ kind: z.literal('none') }),
])
export type VersionSource = z.infer<typeof VersionSource>

export const VersionFile = z.object({
  path: z.string().min(1).max(1024),
  sha256: Sha256,
  bytes: z.number().int().nonnegative(),
})
export type VersionFile = z.infer<typeof VersionFile>

/** Immutable once added; only its state moves. */
export const ModelVersion = z.object({
  id: Uuid,
  listingId: Uuid,
  /** The seller's number for it, semver. */
  number: z.string(),
  state: VersionState,
  files: z.array(VersionFile),
  /** SHA-256 over the sorted lines `<sha256>  <path>\n`: names the set of files. */
  digest: Sha256,
  bytes: z.number().int(),
  format: z.string(),
  source: VersionSource,
  notes: z.string(),
  /** Why it cannot be benchmarked, where it cannot. Ranked nowhere then. */
  unmeasured: z.string().nullable(),
  createdAt: Instant,
  publishedAt: Instant.nullable(),
})
export type ModelVersion = z.infer<typeof ModelVersion>

export const Gate = z.object({
  gate: z.enum(GATES),
  state: z.enum(['ok', 'unmeasured', 'missing', 'refused']),
  /** Names the cause: `scan_missing`, `scan_too_old`, `name_similar`, … see errors.ts. */
  code: z.string().nullable(),
  /** What the sentence of the code needs: dates, names, versions. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type Gate = z.infer<typeof Gate>

export const Restriction = z.object({
  reason: z.string(),
  policy: z.string(),
  at: Instant,
  until: Instant.nullable(),
})

export const Appeal = z.object({
  id: Uuid,
  listingId: Uuid,
  statement: z.string(),
  state: z.enum(['open', 'upheld', 'overturned']),
  decision: z.string().nullable(),
  createdAt: Instant,
  decidedAt: Instant.nullable(),
})
export type Appeal = z.infer<typeof Appeal>

export const ListingRow = z.object({
  id: Uuid,
  seller: Person,
  name: z.string(),
  summary: z.string(),
  category: Category,
  state: ListingState,
  licence: z.string().nullable(),
  tags: z.array(z.string()),
  price: Price.nullable(),
  /** Number of the published version; of the newest draft where none is. */
  version: z.string().nullable(),
  format: z.string().nullable(),
  bytes: z.number().int().nullable(),
  /** Of the newest report of that version. */
  scan: z
    .object({ verdict: z.string(), grade: z.string(), level: EvidenceLevel, scannedAt: Instant })
    .nullable(),
  /** `unmeasured` where the version says why. */
  benchmark: z.enum(['measured', 'unmeasured', 'missing']),
  appealed: z.boolean(),
  updatedAt: Instant,
  publishedAt: Instant.nullable(),
})
export type ListingRow = z.infer<typeof ListingRow>

export const StoredReport = z.object({
  id: Uuid,
  versionId: Uuid,
  level: EvidenceLevel,
  keyId: z.string().nullable(),
  verdict: z.string(),
  grade: z.string(),
  status: z.string(),
  rulesVersion: z.string(),
  scannerVersion: z.string().nullable(),
  scannedAt: Instant,
  receivedAt: Instant,
  findings: z.number().int(),
})
export type StoredReport = z.infer<typeof StoredReport>

export const PriceChange = z.object({ price: Price.nullable(), at: Instant })

/** Everything the one page of a model joins. What a reader may not see is not in it. */
export const Listing = z.object({
  id: Uuid,
  seller: Person,
  card: Card,
  state: ListingState,
  /** Of the card; a change names the one it was made from. */
  revision: z.number().int(),
  currentVersionId: Uuid.nullable(),
  versions: z.array(ModelVersion),
  reports: z.array(StoredReport),
  /** Ids of its results; get_results has them. */
  results: z.number().int(),
  restriction: Restriction.nullable(),
  appeals: z.array(Appeal),
  prices: z.array(PriceChange),
  /** What the reader may do with it. */
  can: z.object({
    edit: z.boolean(),
    publish: z.boolean(),
    restrict: z.boolean(),
    appeal: z.boolean(),
    remove: z.boolean(),
  }),
  createdAt: Instant,
  updatedAt: Instant,
  publishedAt: Instant.nullable(),
})
export type Listing = z.infer<typeof Listing>

export const ListingQuery = z.object({
  scope: z.enum(['mine', 'published', 'all']),
  state: ListingState.nullable(),
  category: Category.nullable(),
  text: z.string().max(200),
  sort: z.enum(['updated', 'name', 'price']),
})
export type ListingQuery = z.infer<typeof ListingQuery>

export const NewVersion = z.object({
  number: z
    .string()
    .regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(-[0-9A-Za-z.-]{1,40})?$/, 'a version such as 1.0.0'),
  files: z.array(VersionFile).min(1).max(10_000),
  format: z.string().max(100),
  source: VersionSource,
  notes: z.string().max(5000),
  unmeasured: z.string().trim().min(3).max(500).nullable(),
})
export type NewVersion = z.infer<typeof NewVersion>

export const LISTING_RPCS = {
  list_listings: read(
    z.object({ p_query: ListingQuery, p_after: Cursor, p_limit: PageSize }),
    pageOf(ListingRow),
  ),
  get_listing: read(z.object({ p_id: Uuid }), Listing),
  /** Creates (p_revision 0) or changes the card. Conflict: `revision_conflict` with the current one. */
  save_listing: write(
    z.object({ p_id: Uuid, p_revision: z.number().int().min(0), p_card: Card }),
    z.object({ id: Uuid, revision: z.number().int() }),
  ),
  add_version: write(
    z.object({ p_id: Uuid, p_listing_id: Uuid, p_version: NewVersion }),
    z.object({ id: Uuid, digest: Sha256 }),
  ),
  /** Facts of a scan of these very files, and the envelope of the passport they were signed in. */
  submit_report: write(
    z.object({
      p_id: Uuid,
      p_version_id: Uuid,
      p_scan: ScanSection,
      p_envelope: z.string().max(4_000_000).nullable(),
    }),
    z.object({ id: Uuid, level: EvidenceLevel }),
  ),
  check_version: read(
    z.object({ p_version_id: Uuid }),
    z.object({ publishable: z.boolean(), gates: z.array(Gate) }),
  ),
  /** Refused as `gates_failed`, with the gates, unless every one is ok or unmeasured. */
  publish_version: write(
    z.object({ p_version_id: Uuid, p_revision: z.number().int() }),
    z.object({ listingId: Uuid, versionId: Uuid, publishedAt: Instant }),
  ),
  /** One version, or with null the whole listing. The last published version goes with its listing only. */
  withdraw_listing: write(
    z.object({ p_listing_id: Uuid, p_version_id: Uuid.nullable(), p_reason: Reason }),
    z.object({ id: Uuid, state: ListingState }),
  ),
  /** Staff. Null lifts it. */
  restrict_listing: write(
    z.object({
      p_listing_id: Uuid,
      p_restriction: z
        .object({ policy: z.string().min(1).max(100), until: Instant.nullable() })
        .nullable(),
      p_reason: Reason,
    }),
    z.object({ id: Uuid, state: ListingState }),
  ),
  appeal_listing: write(
    z.object({ p_id: Uuid, p_listing_id: Uuid, p_statement: z.string().trim().min(10).max(5000) }),
    z.object({ id: Uuid }),
  ),
  /** By somebody else than who restricted. Overturned lifts the restriction. */
  decide_appeal: write(
    z.object({ p_id: Uuid, p_outcome: z.enum(['upheld', 'overturned']), p_reason: Reason }),
    z.object({ id: Uuid, state: Appeal.shape.state }),
  ),
  /** For good: waits for a second person. */
  remove_listing: write(
    z.object({ p_listing_id: Uuid, p_reason: Reason }),
    z.object({ approvalId: Uuid }),
  ),
}

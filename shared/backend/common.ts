import { z } from 'zod'

/** Timestamps as Postgres writes them into JSON: with an offset. */
export const Instant = z.iso.datetime({ offset: true })

export const Uuid = z.uuid()
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in lower-case hex')

/** Why somebody did what cannot be undone by pressing a key again. Kept in the log. */
export const Reason = z.string().trim().min(3).max(1000)

/** Opaque: where the next page starts. Null is the first page, and as an answer: there is no more. */
export const Cursor = z.string().max(500).nullable()

export const PageSize = z.number().int().min(1).max(100)

/** One page of rows; keyset, so that a page stays right while rows are added. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), next: Cursor })

export const Done = z.object({ id: Uuid })

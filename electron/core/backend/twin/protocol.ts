import { z } from 'zod'
import type { SchemaFiles } from './schema-files'

/** A person of a local workspace. */
export interface LocalAccount {
  email: string
  handle: string
  displayName: string
  /** On top of seller, which everybody is. */
  roles: string[]
}

export type ToTwin =
  /** Makes the template and ends. */
  | { type: 'build'; folder: string; template: string; schema: SchemaFiles }
  /** Makes the template out of the workspace in `folder`, which nobody has open, and ends. */
  | { type: 'pack'; folder: string; template: string }
  /** `template` is null where there is a database already. */
  | { type: 'open'; folder: string; template: string | null; schema: SchemaFiles }
  | {
      type: 'request'
      id: number
      method: string
      url: string
      headers: Record<string, string>
      body: string
    }
  | { type: 'accounts'; id: number; accounts: LocalAccount[] }
  /** Calls a function of `private` that takes nothing, as the maintainer: sample data in and out. */
  | { type: 'maintain'; id: number; name: string }
  /** Writes all of the database into a file of its folder, a gzipped tar. */
  | { type: 'backup'; id: number; file: string }
  | { type: 'close' }

const Id = z.number().int()

/** Why a folder is not opened. */
export const REFUSALS = ['locked', 'newer', 'engine', 'migration'] as const

export const FromTwin = z.discriminatedUnion('type', [
  z.object({ type: z.literal('built') }),
  z.object({
    type: z.literal('ready'),
    serviceKey: z.string(),
    /** Of the newest migration. */
    schemaVersion: z.string(),
    /** Migrations that were applied to a folder that was there. */
    migrated: z.array(z.string()),
  }),
  z.object({
    type: z.literal('refused'),
    reason: z.enum(REFUSALS),
    detail: z.string(),
  }),
  /** Said before the thread is blocked: the host counts from here. */
  z.object({ type: z.literal('running'), id: Id, limitMs: z.number() }),
  z.object({
    type: z.literal('answer'),
    id: Id,
    status: Id,
    headers: z.array(z.tuple([z.string(), z.string()])),
    body: z.string().nullable(),
  }),
  z.object({ type: z.literal('done'), id: Id, value: z.unknown() }),
  z.object({ type: z.literal('failed'), id: Id.nullable(), message: z.string() }),
  z.object({ type: z.literal('nudge'), table: z.string() }),
  z.object({
    type: z.literal('mail'),
    to: z.string(),
    kind: z.enum(['magiclink', 'recovery']),
    link: z.string(),
    code: z.string(),
  }),
])
export type FromTwin = z.infer<typeof FromTwin>

/** Answer to `accounts`: a session each, as Supabase Auth gives one. */
export const LocalSessions = z.array(
  z.object({
    email: z.string(),
    userId: z.string(),
    session: z.object({ access_token: z.string(), refresh_token: z.string() }).loose(),
  }),
)
export type LocalSession = z.infer<typeof LocalSessions>[number]

import { Fact } from '@shared/scan-report/fact'
import { Status } from '@shared/scan-report/report'
import { z } from 'zod'
import { LONGEST_NEIGHBOUR_PATH, MOST_NEIGHBOURS } from './neighbour'
import { FACTS_PER_MESSAGE } from './result-messages'

/** Limits of one scan; Settings holds the defaults. A limit that is reached ends as inconclusive. */
export interface ScanLimits {
  /** Seconds that one file may take in the parsers (hashing not counted). */
  fileSeconds: number
  /** V8 heap of the child, MiB; beyond it the child dies and the file is inconclusive. */
  heapMegabytes: number
  /** Containers in containers. */
  depth: number
  /** Unpacked bytes / packed bytes, checked beyond 1 MiB. */
  ratio: number
  /** Unpacked bytes of one member kept in memory. */
  unpackedBytes: number
  /** Members of one container, and of all nested ones together. */
  members: number
  /** Memo entries (and stack items) of one pickle. */
  memoEntries: number
  /** Facts kept per file. */
  facts: number
  /** Files of one scan. */
  files: number
}

/** A file to scan: where it is on this disk, and the name it is reported under. */
export interface FileTask {
  id: number
  absolutePath: string
  /** Name the user knows; used only as a hint that can add suspicion, never remove it. */
  displayPath: string
  /** Only hash it: the host may know the content already. Answered by 'hashed'. */
  hashOnly?: true
  /** Its hash as a child found it a moment ago; used where the file is still that one. */
  hashed?: { sha256: string; stat: FileStat }
}

export type ToChild =
  | { type: 'walk'; roots: { index: number; path: string }[]; maxFiles: number }
  | { type: 'scan'; tasks: FileTask[]; limits: ScanLimits; hash: boolean }

const Bytes = z.number().int().nonnegative()
const Digits = z.string().regex(/^-?\d{1,24}$/)

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What tells one state of a file from another without reading it; 64-bit numbers as text. */
export const FileStat = z.object({ dev: Digits, ino: Digits, mtimeNs: Digits, ctimeNs: Digits })
export type FileStat = z.infer<typeof FileStat>

/** Everything a child says is checked before it is believed: it has handled hostile bytes. */
export const Neighbour = z.object({
  path: z.string().max(LONGEST_NEIGHBOUR_PATH),
  state: z.string().nullable(),
})

export const FromChild = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('entries'),
    entries: z.array(
      z.object({
        root: z.number().int(),
        path: z.string(),
        absolutePath: z.string(),
        bytes: Bytes,
        stat: FileStat.optional(),
      }),
    ),
  }),
  z.object({
    type: z.literal('walked'),
    /** Sentences about what was not followed or could not be read. */
    notes: z.array(z.string()),
    /** Files that exist but could not be listed or opened. */
    unreadable: z.array(z.object({ root: z.number().int(), path: z.string(), reason: z.string() })),
  }),
  z.object({ type: z.literal('started'), id: z.number().int() }),
  z.object({ type: z.literal('progress'), id: z.number().int(), bytes: Bytes }),
  /** Facts that did not fit into 'scanned'; they come before it. */
  z.object({
    type: z.literal('facts'),
    id: z.number().int(),
    facts: z.array(Fact).min(1).max(FACTS_PER_MESSAGE),
  }),
  /** Answer to a task with `hashOnly`; nulls where it could not be read. */
  z.object({
    type: z.literal('hashed'),
    id: z.number().int(),
    sha256: Sha256.nullable(),
    bytes: Bytes,
    stat: FileStat.nullable(),
  }),
  z.object({
    type: z.literal('scanned'),
    id: z.number().int(),
    format: z.string(),
    bytes: Bytes,
    sha256: Sha256.nullable(),
    /** The state that was read, the same before and after; null where it was not read. */
    stat: FileStat.nullable(),
    status: Status,
    reason: z.string().nullable(),
    /** The same bytes would end the same way: no clock and no failing disk had a part in it. */
    repeatable: z.boolean(),
    /** Files beside it that were looked into as well. */
    beside: z.array(Neighbour).max(MOST_NEIGHBOURS).optional(),
    facts: z.array(Fact).max(FACTS_PER_MESSAGE),
  }),
])
export type FromChild = z.infer<typeof FromChild>
export type ScannedMessage = Extract<FromChild, { type: 'scanned' }>
export type HashedMessage = Extract<FromChild, { type: 'hashed' }>

/** All that is known of a file once it was read. */
export type FileResult = Omit<ScannedMessage, 'type' | 'id'>

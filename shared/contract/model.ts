import { oc } from '@orpc/contract'
import { z } from 'zod'
import { ResultId, ResultRow } from '../benchmark/result-row'
import { KeyId } from '../model/keys'
import { EvidenceLevel, Measurement, Sha256, Statement } from '../model/statement'
import { Verification } from '../model/verification'
import { Grade, Verdict } from '../scan-report/report'
import { ReportId } from '../scan-report/report-row'

export const PassportId = z.uuid().brand<'PassportId'>()
export type PassportId = z.infer<typeof PassportId>

/** A passport that this workspace issued. */
export const PassportRow = z.object({
  id: PassportId,
  name: z.string(),
  issuedAt: z.date(),
  validUntil: z.date().nullable(),
  /** What the issuer's signature alone carries of what it claims. */
  level: EvidenceLevel,
  keyId: KeyId,
  /** The scan it was made of, which may have been deleted since. */
  reportId: ReportId,
  files: z.number().int(),
  measurements: z.number().int(),
  verdict: Verdict,
  grade: Grade,
  /** Of the envelope. */
  bytes: z.number().int(),
  sha256: Sha256,
})
export type PassportRow = z.infer<typeof PassportRow>

/** A key that this workspace signs with, or signed with. */
export const SigningKey = z.object({
  keyId: KeyId,
  pem: z.string(),
  createdAt: z.date(),
  retiredAt: z.date().nullable(),
})
export type SigningKey = z.infer<typeof SigningKey>

/** A key of somebody else, which a person of this workspace vouched for. */
export const TrustedKey = z.object({
  keyId: KeyId,
  pem: z.string(),
  name: z.string(),
  addedAt: z.date(),
})
export type TrustedKey = z.infer<typeof TrustedKey>

export const KeyState = z.object({
  file: z.string(),
  /** `system`: sealed by the keychain; `file`: protected by the rights of the file only. */
  protection: z.enum(['system', 'file']),
  /** Newest first; the one without `retiredAt` signs. */
  own: z.array(SigningKey),
  trusted: z.array(TrustedKey),
})
export type KeyState = z.infer<typeof KeyState>

export const CreatePassport = z.object({
  reportId: ReportId,
  /** The name of the report where absent. */
  name: z.string().trim().min(1).max(200).optional(),
  licence: z.string().trim().min(1).max(200).nullable().default(null),
  validUntil: z.date().nullable().default(null),
  level: EvidenceLevel.default('signed'),
  /** Stored benchmark results that it carries, before further documents of measurements. */
  results: z.array(ResultId).max(100).default([]),
  measurements: z.array(Measurement).max(100).default([]),
})
export type CreatePassport = z.infer<typeof CreatePassport>

/** A stored benchmark result of files of a report. */
export const OfferedResult = z.object({
  row: ResultRow,
  /** The newest of its suite and scenario. */
  chosen: z.boolean(),
})
export type OfferedResult = z.infer<typeof OfferedResult>

const REPORT_NOT_FOUND = {
  REPORT_NOT_FOUND: { status: 404, data: z.object({ reportId: z.string() }) },
} as const
const NOT_FOUND = {
  PASSPORT_NOT_FOUND: { status: 404, data: z.object({ id: z.string() }) },
} as const
/** The signing key is there and cannot be used; no other is made in its place. */
const KEY_UNUSABLE = {
  KEY_UNUSABLE: { status: 409, data: z.object({ reason: z.string() }) },
} as const
const PATHS = {
  PATH_NOT_GRANTED: { status: 403, data: z.object({ path: z.string() }) },
  PATH_NOT_FOUND: { status: 404, data: z.object({ path: z.string() }) },
} as const

/** Longer than any passport that is read (shared/model/dsse.ts). */
const MOST_TEXT = 9 * 1024 * 1024

export const modelContract = {
  /** Newest first. */
  list: oc.output(z.array(PassportRow)),

  /** What a passport of this report may carry, newest first; grade C is never offered. */
  offered: oc
    .input(z.object({ reportId: ReportId }))
    .errors(REPORT_NOT_FOUND)
    .output(z.array(OfferedResult)),

  create: oc
    .input(CreatePassport)
    .errors({
      ...KEY_UNUSABLE,
      ...REPORT_NOT_FOUND,
      RESULT_NOT_FOUND: { status: 404, data: z.object({ resultId: z.string() }) },
      NOT_PASSPORTABLE: { status: 422, data: z.object({ reason: z.string() }) },
    })
    .output(PassportRow),

  /** One of this workspace, with what a verifier who trusts it finds. */
  show: oc
    .input(z.object({ id: PassportId }))
    .errors(NOT_FOUND)
    .output(z.object({ row: PassportRow, statement: Statement, verification: Verification })),

  /** The bytes of the passport as text; they must be saved as they are. */
  export: oc
    .input(z.object({ id: PassportId }))
    .errors(NOT_FOUND)
    .output(z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() })),

  remove: oc
    .input(z.object({ id: PassportId }))
    .errors(NOT_FOUND)
    .output(z.object({ removed: z.literal(true) })),

  /** The one-file verifier: the same bytes for everybody. */
  verifier: oc.errors({ NOT_BUILT: { status: 500, data: z.object({ file: z.string() }) } }).output(
    z.object({
      fileName: z.string(),
      mediaType: z.string(),
      text: z.string(),
      bytes: z.number().int(),
      sha256: Sha256,
    }),
  ),

  /** Checks any passport, by the keys this workspace trusts, and the model's files at a granted path. */
  verify: oc
    .input(z.object({ text: z.string().max(MOST_TEXT), path: z.string().max(4096).optional() }))
    .errors(PATHS)
    .output(z.object({ verification: Verification, statement: Statement.nullable() })),

  keys: oc.output(KeyState),

  /** Makes a new signing key; the public part of the old one is kept. */
  rotateKey: oc.errors(KEY_UNUSABLE).output(KeyState),

  trustKey: oc
    .input(z.object({ key: z.string().max(1000), name: z.string().trim().min(1).max(100) }))
    .errors({
      NO_PUBLIC_KEY: { status: 422 },
      OWN_KEY: { status: 409, data: z.object({ keyId: z.string() }) },
    })
    .output(KeyState),

  distrustKey: oc.input(z.object({ keyId: KeyId })).output(KeyState),
}

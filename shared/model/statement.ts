import { z } from 'zod'
import { PolicyStamp } from '../scan-report/policy-stamp'
import { Finding, ScanSummary, Status, Verdict } from '../scan-report/report'
import type { Json } from './canonical'
import { EvidenceLevel } from './evidence-level'
import { KeyId } from './keys'

/** in-toto Statement v1; the predicate is this product's own, and its version is in its name. */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
export const PREDICATE_TYPE = 'https://console.prometheus.store/model-passport/v1'

export { EVIDENCE_LEVELS, EvidenceLevel } from './evidence-level'

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in lower-case hex')

/**
 * A path inside the model's folder. A verifier opens it below a folder of its own, so nothing that
 * leads out of one is a name: no root, no drive, no '..', no backslash, no control character.
 */
export const ModelFileName = z
  .string()
  .min(1)
  .max(1024)
  .refine(isInnerPath, 'a relative path with / that stays inside its folder')

function isInnerPath(name: string): boolean {
  return (
    !/[\\:\p{Cc}]/u.test(name) &&
    name.isWellFormed() &&
    name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  )
}

const PassportFinding = z.strictObject({
  ruleId: Finding.shape.ruleId.max(200),
  severity: Finding.shape.severity,
  confidence: Finding.shape.confidence,
  category: z.string().max(100),
  title: z.string().max(500),
  /** As in the report: compares this scan with any later one. */
  fingerprint: z.string().max(64),
})
export type PassportFinding = z.infer<typeof PassportFinding>

export const ScannedFile = z.strictObject({
  name: ModelFileName,
  format: z.string().max(200),
  bytes: z.number().int().nonnegative(),
  sha256: Sha256,
  status: Status,
  reason: z.string().max(2000).nullable(),
  verdict: Verdict,
  findings: z.array(PassportFinding),
  /** What the policy of the scan set aside, and why. It counts for nothing, and is not hidden. */
  setAside: z.array(z.strictObject({ finding: PassportFinding, reason: z.string().max(500) })),
})
export type ScannedFile = z.infer<typeof ScannedFile>

/** Facts of a scan without the evidence, which quotes the model's files. */
export const ScanSection = z.strictObject({
  scannedAt: z.iso.datetime(),
  /** Null where the report is older than this field. */
  scannerVersion: z.string().max(100).nullable(),
  rulesVersion: z.string().max(200),
  policy: PolicyStamp.strict().nullable(),
  notes: z.array(z.string().max(2000)).max(1000),
  /** SHA-256 over what the parsers saw, for whoever scans the same files again (scan-section.ts). */
  facts: z.strictObject({ version: z.number().int(), digest: Sha256 }),
  files: z.array(ScannedFile).min(1),
  /** The worst of its files. */
  status: Status,
  summary: ScanSummary.strict(),
})
export type ScanSection = z.infer<typeof ScanSection>

/** A document of measurements, and which recomputation it is for (measurement.ts). */
export const Measurement = z.strictObject({
  schema: z.string().min(1).max(200),
  /** JSON, as all that is read or written here; its kind checks what of. A megabyte of numbers is not walked twice. */
  document: z.custom<Json>((value) => value !== undefined, 'a JSON document'),
})
export type Measurement = z.infer<typeof Measurement>

export const Predicate = z.strictObject({
  /** What the issuer calls the model. */
  model: z.strictObject({
    name: z.string().min(1).max(200),
    /** SPDX expression, or null where none is stated. */
    licence: z.string().min(1).max(200).nullable(),
  }),
  issuer: z.strictObject({ keyId: KeyId }),
  producer: z.strictObject({ name: z.string().max(100), version: z.string().max(100) }),
  /** The issuer's clock: a claim like all others. */
  issuedAt: z.iso.datetime(),
  validUntil: z.iso.datetime().nullable(),
  evidence: z.strictObject({ level: EvidenceLevel }),
  scan: ScanSection.nullable(),
  measurements: z.array(Measurement).max(100),
})
export type Predicate = z.infer<typeof Predicate>

export const Subject = z.strictObject({
  name: ModelFileName,
  digest: z.strictObject({ sha256: Sha256 }),
})

/** What is signed: these files, and what is said about them. */
export const Statement = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z
    .array(Subject)
    .min(1)
    .refine(
      (subject) => new Set(subject.map(({ name }) => name)).size === subject.length,
      'every file once',
    ),
  predicateType: z.literal(PREDICATE_TYPE),
  predicate: Predicate,
})
export type Statement = z.infer<typeof Statement>

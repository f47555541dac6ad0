import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { readCanonical } from './canonical'
import { firstDifference } from './difference'
import {
  MOST_BYTES,
  type OpenedEnvelope,
  openEnvelope,
  PAYLOAD_TYPE,
  preAuthEncoding,
  type Signature,
} from './dsse'
import { evidenceSentence, type Signatures, supportedLevel } from './evidence'
import { compareFiles, filesOf, type GivenFiles } from './files'
import { fingerprintOf } from './keys'
import type { MeasurementRegistry } from './measurement'
import { inTurns } from './pieces'
import { recomputeScan } from './scan-section'
import { Statement } from './statement'
import type { Check, RecomputedMeasurement, Verification } from './verification'

export interface VerifyOptions {
  /** Ed25519 (RFC 8032), 32-byte key. */
  verifySignature(
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ): boolean | Promise<boolean>
  /** Keys the verifier trusts, with what it calls their holders; two keys of one name are one holder. */
  trusted: ReadonlyMap<string, string>
  /** Keys that sign no more, by the word of their holder. What they signed before stays signed. */
  retired?: ReadonlySet<string>
  /** The user named the keys: a passport that none of them signed is then not the one meant. */
  onlyThese?: boolean
  now: Date
  registry: MeasurementRegistry
  /**
   * The model's files, where they are at hand. Asked only once the signatures are right: names in
   * what nobody signed are looked for nowhere. Undefined when there are none.
   */
  filesFor?(subject: Statement['subject']): GivenFiles | undefined | Promise<GivenFiles | undefined>
  /** Between two steps, each of which takes some tens of milliseconds of a long passport: a turn for others. */
  breathe?(): Promise<unknown>
}

export interface Verified {
  verification: Verification
  /** What the passport says; undefined when it cannot be read. Only ever as good as the verdict. */
  statement?: Statement
}

/** Clocks of honest machines differ; a day is more than any of them. */
const CLOCK_MS = 24 * 60 * 60 * 1000

/** Checks all that can be checked, by recomputing it. Never throws for what is in the bytes. */
export async function verifyPassport(bytes: Uint8Array, options: VerifyOptions): Promise<Verified> {
  const digest = bytesToHex(sha256(bytes))
  let opened: OpenedEnvelope
  let statement: Statement
  try {
    opened = openEnvelope(bytes)
    await options.breathe?.()
    statement = readStatement(opened.payload)
  } catch (error) {
    const check: Check = { id: 'form', result: 'failed', sentence: (error as Error).message }
    return { verification: conclude({ checks: [check], signatures: [] }, undefined, digest) }
  }
  const checks: Check[] = [
    { id: 'form', result: 'ok', sentence: 'Envelope and statement are in their one form.' },
  ]
  await options.breathe?.()
  const signatures = await checkSignatures(opened, statement, options, checks)
  const isSigned = checks.every(({ result }) => result === 'ok')
  await options.breathe?.()
  const issuer = signatures.find(({ role }) => role === 'issuer')
  const by: Signatures = {
    issuer: { trusted: issuer?.trusted ?? false, name: issuer?.name ?? 'the issuer' },
    witnesses: signatures
      // Somebody else's: a second key of the issuer is no witness.
      .filter(({ role, trusted, name }) => role === 'witness' && trusted && name !== issuer?.name)
      .map(({ name, keyId }) => ({ name: name ?? fingerprintOf(keyId).slice(0, 9) })),
  }
  checkTrust(statement, by, options, checks)
  checkTime(statement, options.now, checks)
  checkScan(statement, checks)
  const measurements = await checkMeasurements(statement, options, checks)
  const files = isSigned ? await options.filesFor?.(statement.subject) : undefined
  if (files !== undefined) checks.push(...compareFiles(statement.subject, files))
  else
    checks.push({
      id: 'files',
      result: 'note',
      sentence: "The model's files were not compared.",
    })
  const found = { checks, signatures, measurements }
  return { statement, verification: conclude(found, { statement, by }, digest) }
}

/** The statement of a payload in its one form. Throws a sentence. */
export function readStatement(payload: Uint8Array): Statement {
  const raw = readCanonical(payload, MOST_BYTES)
  const parsed = Statement.safeParse(raw)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(
      `Its statement is not one that this version knows: ${issue?.path.join('.') || 'it'}: ${issue?.message}.`,
    )
  }
  // A field that the schema drops would be signed, and read by nobody.
  const dropped = firstDifference(raw, parsed.data)
  if (dropped !== undefined)
    throw new Error(`Its statement has a field that this version does not know: ${dropped.path}.`)
  return parsed.data
}

async function checkSignatures(
  { payload, signatures }: OpenedEnvelope,
  { predicate }: Statement,
  options: VerifyOptions,
  checks: Check[],
): Promise<Verification['signatures']> {
  const message = preAuthEncoding(PAYLOAD_TYPE, payload)
  const done: Verification['signatures'] = []
  for (const [index, { key, bytes }] of signatures.entries()) {
    const valid = await isValid({ key, bytes }, message, options)
    const name = options.trusted.get(key.keyId) ?? null
    const role = index === 0 ? 'issuer' : 'witness'
    done.push({ keyId: key.keyId, role, valid, trusted: valid && name !== null, name })
    checks.push({
      id: 'signature',
      result: valid ? 'ok' : 'failed',
      sentence: valid
        ? `The signature of the ${role} with key ${short(key.keyId)} is valid${options.retired?.has(key.keyId) ? '; its holder has retired that key since' : ''}.`
        : `The signature with key ${short(key.keyId)} does not fit: the statement was changed after it was signed, or somebody else signed it.`,
    })
  }
  if (signatures[0]?.key.keyId !== predicate.issuer.keyId)
    checks.push({
      id: 'signature',
      result: 'failed',
      path: '$.predicate.issuer.keyId',
      sentence: 'The first signature is not that of the issuer whom the statement names.',
    })
  return done
}

async function isValid(
  { key, bytes }: Signature,
  message: Uint8Array,
  { verifySignature }: VerifyOptions,
): Promise<boolean> {
  try {
    return await verifySignature(key.raw, message, bytes)
  } catch {
    // A key that is no point of the curve; a failure is never valid.
    return false
  }
}

function checkTrust(
  { predicate }: Statement,
  by: Signatures,
  { onlyThese = false, trusted }: VerifyOptions,
  checks: Check[],
): void {
  const path = '$.predicate.issuer.keyId'
  const claimed = predicate.evidence.level
  const level = supportedLevel(claimed, by)
  if (!by.issuer.trusted && by.witnesses.length === 0)
    checks.push({
      id: 'trust',
      result: onlyThese ? 'failed' : 'open',
      path,
      sentence: onlyThese
        ? `It was signed with ${short(predicate.issuer.keyId)}, not with the key you named (${[...trusted.keys()].map(short).join(', ')}).`
        : `Whose key this is, is not known here. Compare all of it with what its holder publishes, then verify with it as trusted: ${predicate.issuer.keyId}`,
    })
  else if (level !== claimed)
    checks.push({
      id: 'trust',
      result: 'open',
      path: '$.predicate.evidence.level',
      sentence: `It claims to be ${claimed}, and no other key that you trust has signed that.`,
    })
  else checks.push({ id: 'trust', result: 'ok', sentence: evidenceSentence(level, by) })
}

function checkTime({ predicate }: Statement, now: Date, checks: Check[]): void {
  const { issuedAt, validUntil } = predicate
  if (Date.parse(issuedAt) > now.getTime() + CLOCK_MS)
    checks.push({
      id: 'time',
      result: 'open',
      path: '$.predicate.issuedAt',
      sentence: `It says it was issued at ${issuedAt}, which is yet to come.`,
    })
  else if (validUntil !== null && Date.parse(validUntil) < now.getTime())
    checks.push({
      id: 'time',
      result: 'open',
      path: '$.predicate.validUntil',
      sentence: `It was valid until ${validUntil}. Ask its issuer for a new one.`,
    })
  else
    checks.push({
      id: 'time',
      result: 'ok',
      sentence: `Issued at ${issuedAt}, by the issuer's own clock${validUntil === null ? '' : `; valid until ${validUntil}`}.`,
    })
}

function checkScan({ subject, predicate }: Statement, checks: Check[]): void {
  const { scan } = predicate
  if (scan === null) {
    checks.push({ id: 'scan', result: 'note', sentence: 'It says nothing about a scan.' })
    return
  }
  const named = scan.files.map(({ name, sha256 }) => ({ name, digest: { sha256 } }))
  const difference =
    firstDifference(subject, named, '$.subject') ??
    firstDifference(scan, recomputeScan(scan), '$.predicate.scan')
  if (difference !== undefined)
    checks.push({
      id: 'scan',
      result: 'failed',
      path: difference.path,
      sentence: `${difference.path} says ${difference.stated}; its own findings give ${difference.recomputed}.`,
    })
  else
    checks.push(
      {
        id: 'scan',
        result: 'ok',
        sentence: `Verdict ${scan.summary.verdict} and grade ${scan.summary.grade} of ${filesOf(scan.files.length)} were recomputed from the findings it states.`,
      },
      {
        id: 'scan',
        result: 'note',
        sentence:
          'That these are all findings only a scan of the same files can tell; its digest of facts is for that.',
      },
    )
}

async function checkMeasurements(
  { subject, predicate }: Statement,
  { registry, breathe }: VerifyOptions,
  checks: Check[],
): Promise<RecomputedMeasurement[]> {
  const right: RecomputedMeasurement[] = []
  const hashes = new Set(subject.map(({ digest }) => digest.sha256))
  for (const [index, { schema, document }] of predicate.measurements.entries()) {
    const path = `$.predicate.measurements[${index}]`
    const add = (result: Check['result'], sentence: string, at = path) =>
      checks.push({ id: 'measurement', result, sentence, path: at })
    const kind = registry.get(schema)
    if (kind === undefined) {
      add(
        'open',
        `Measurement ${index + 1} is of a kind that this version cannot recompute: ${schema}.`,
      )
      continue
    }
    await breathe?.()
    try {
      const again =
        kind.recomputing === undefined
          ? kind.recompute(document)
          : await inTurns(kind.recomputing(document), breathe)
      const difference = firstDifference(document, again, `${path}.document`)
      const refusal = kind.refusal(document)
      if (difference !== undefined)
        add(
          'failed',
          `${difference.path} says ${difference.stated}; the raw launches give ${difference.recomputed}.`,
          difference.path,
        )
      else if (!kind.measured(document).every((hash) => hashes.has(hash)))
        add('failed', `Measurement ${index + 1} was made with a file that is not of this model.`)
      else if (refusal !== undefined) add('failed', `Measurement ${index + 1}: ${refusal}`)
      else {
        const headline = kind.headline(document)
        right.push({ headline, figures: [...kind.figures(document)] })
        add('ok', `Recomputed from the raw launches: ${headline}.`)
      }
    } catch (error) {
      add('failed', `Measurement ${index + 1} is not of its kind: ${(error as Error).message}.`)
    }
  }
  return right
}

function conclude(
  {
    checks,
    signatures,
    measurements = [],
  }: Pick<Verification, 'checks' | 'signatures'> & Partial<Pick<Verification, 'measurements'>>,
  known: { statement: Statement; by: Signatures } | undefined,
  sha256: string,
): Verification {
  const failed = checks.find(({ result }) => result === 'failed')
  const open = checks.find(({ result }) => result === 'open')
  const outcome = failed ? 'invalid' : open ? 'undecided' : 'valid'
  const level =
    known === undefined || outcome === 'invalid'
      ? null
      : supportedLevel(known.statement.predicate.evidence.level, known.by)
  return {
    outcome,
    sentence: failed?.sentence ?? open?.sentence ?? validSentence(known?.statement),
    level,
    levelSentence: level === null || known === undefined ? null : evidenceSentence(level, known.by),
    checks,
    measurements: outcome === 'invalid' ? [] : measurements,
    signatures,
    sha256,
  }
}

/** What is valid is the passport. What it says of the model may be bad, so that is said as well. */
function validSentence(statement: Statement | undefined): string {
  const summary = statement?.predicate.scan?.summary
  const says = summary ? ` It calls the model ${summary.verdict}, grade ${summary.grade}.` : ''
  return `Unchanged, and all that can be recomputed is right.${says}`
}

const short = (keyId: string) => `${fingerprintOf(keyId).slice(0, 9)}…`

import type { Json } from './canonical'
import { canonicalBytes } from './canonical'
import { firstDifference } from './difference'
import { MOST_BYTES, openEnvelope, PAYLOAD_TYPE, preAuthEncoding, sealEnvelope } from './dsse'
import type { PublicKey } from './keys'
import type { MeasurementRegistry } from './measurement'
import { NotPassportableError } from './scan-section'
import {
  type EvidenceLevel,
  type Measurement,
  PREDICATE_TYPE,
  type ScanSection,
  STATEMENT_TYPE,
  Statement,
} from './statement'

export { NotPassportableError } from './scan-section'

/** Signs bytes with a key it never hands out. */
export interface Signer {
  key: PublicKey
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

export interface PassportContent {
  model: { name: string; licence: string | null }
  producer: { name: string; version: string }
  issuedAt: Date
  validUntil: Date | null
  level: EvidenceLevel
  scan: ScanSection
  measurements: readonly Measurement[]
}

/**
 * The statement about the scanned files. Throws NotPassportableError for measurements that are not
 * what their launches give, are of other files, or must not be published.
 */
export function buildStatement(
  content: PassportContent,
  issuer: PublicKey,
  registry: MeasurementRegistry,
): Statement {
  const { scan, measurements, issuedAt, validUntil, level, ...rest } = content
  const hashes = new Set(scan.files.map((file) => file.sha256))
  for (const [index, measurement] of measurements.entries())
    checkMeasurement(measurement, index + 1, hashes, registry)
  const statement = Statement.safeParse({
    _type: STATEMENT_TYPE,
    subject: scan.files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      ...rest,
      issuer: { keyId: issuer.keyId },
      issuedAt: issuedAt.toISOString(),
      validUntil: validUntil?.toISOString() ?? null,
      evidence: { level },
      scan,
      measurements,
    },
  })
  if (statement.success) return statement.data
  const [issue] = statement.error.issues
  throw new NotPassportableError(`${issue?.path.join('.')}: ${issue?.message}.`)
}

function checkMeasurement(
  { schema, document }: Measurement,
  number: number,
  hashes: ReadonlySet<string>,
  registry: MeasurementRegistry,
): void {
  const refuse = (why: string) => new NotPassportableError(`Measurement ${number}: ${why}`)
  const kind = registry.get(schema)
  if (kind === undefined) throw refuse(`this console cannot recompute ${schema}.`)
  let expected: Json
  try {
    expected = kind.recompute(document)
  } catch (error) {
    throw refuse(`it is not of its kind: ${(error as Error).message}.`)
  }
  const difference = firstDifference(document, expected)
  if (difference !== undefined)
    throw refuse(
      `${difference.path} says ${difference.stated}; the raw launches give ${difference.recomputed}.`,
    )
  if (!kind.measured(document).every((hash) => hashes.has(hash)))
    throw refuse('it was made with a file that is not in this scan.')
  const refusal = kind.refusal(document)
  if (refusal !== undefined) throw refuse(refusal)
}

/** The passport: the statement in its one form, signed by its issuer. */
export async function signStatement(statement: Statement, signer: Signer): Promise<Uint8Array> {
  const payload = canonicalBytes(statement)
  const bytes = await signer.sign(preAuthEncoding(PAYLOAD_TYPE, payload))
  return withinLimit(sealEnvelope({ payload, signatures: [{ key: signer.key, bytes }] }))
}

/** The same passport with one more signature over the same payload. Throws a sentence. */
export async function counterSign(envelope: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const { payload, signatures } = openEnvelope(envelope)
  if (signatures.some(({ key }) => key.keyId === signer.key.keyId))
    throw new NotPassportableError('This key has signed the passport already.')
  const bytes = await signer.sign(preAuthEncoding(PAYLOAD_TYPE, payload))
  return withinLimit(
    sealEnvelope({ payload, signatures: [...signatures, { key: signer.key, bytes }] }),
  )
}

function withinLimit(envelope: Uint8Array): Uint8Array {
  if (envelope.length <= MOST_BYTES) return envelope
  throw new NotPassportableError(
    `The passport would have ${envelope.length} bytes; no verifier reads more than ${MOST_BYTES}. Scan fewer files at once, or leave out some results.`,
  )
}

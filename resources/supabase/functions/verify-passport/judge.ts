import { canonicalText, FormError, fromBase64, readCanonical, utf8Of } from './canonical.ts'

/** What was submitted to the server, and the envelope that came with it. */
export interface Evidence {
  subject: 'report' | 'result'
  /** The section of the scan, or the result as published. */
  section: unknown
  envelope: string
}

export interface Judgement {
  outcome: 'signed' | 'invalid'
  /** SHA-256 (hex) of the issuer's SubjectPublicKeyInfo. */
  keyId: string | null
  /** For the log, and for whoever asks why. */
  detail: string
}

const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
const PREDICATE_TYPE = 'https://console.prometheus.store/model-passport/v1'
const RESULT_SCHEMA = 'https://console.prometheus.store/benchmark-result/v1'

/** An Ed25519 public key in DER (RFC 8410): this prefix, then its 32 bytes. */
const SPKI_PREFIX = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
const SPKI_BYTES = 44
const SIGNATURE_BYTES = 64
const MOST_SIGNATURES = 16
/** Longest passport that any verifier reads. */
const MOST_BYTES = 8 * 1024 * 1024

/**
 * Is the envelope in its one form, signed by every key it names, the first being its issuer, and does
 * its statement say what was submitted? That makes it `signed`: somebody stands by it. Whether they
 * are to be believed is not for this function.
 */
export async function judge({ subject, section, envelope }: Evidence): Promise<Judgement> {
  let keyId: string | null = null
  try {
    const opened = await open(envelope)
    keyId = opened.keyId
    const statement = recordOf(
      readCanonical(utf8Of(opened.payload, 'the statement'), 'statement'),
      'the statement',
    )
    check(statement._type === STATEMENT_TYPE, 'it is no in-toto statement')
    check(statement.predicateType === PREDICATE_TYPE, 'it is no passport of a model')
    const predicate = recordOf(statement.predicate, 'the predicate')
    const issuer = recordOf(predicate.issuer, 'the issuer')
    check(issuer.keyId === keyId, 'its first signature is not of the issuer it names')
    check(
      says(predicate, subject, section),
      subject === 'report'
        ? 'its scan is not the one that was submitted'
        : 'none of its measurements is the one that was submitted',
    )
    return { outcome: 'signed', keyId, detail: `signed by ${keyId}` }
  } catch (error) {
    if (!(error instanceof FormError)) throw error
    return { outcome: 'invalid', keyId, detail: error.message }
  }
}

function says(predicate: Record<string, unknown>, subject: string, section: unknown): boolean {
  const submitted = canonicalText(section)
  if (subject === 'report') return canonicalText(predicate.scan ?? null) === submitted
  const measurements = Array.isArray(predicate.measurements) ? predicate.measurements : []
  return measurements.some((measurement: unknown) => {
    const { schema, document } = recordOf(measurement, 'a measurement')
    if (schema !== RESULT_SCHEMA) return false
    return canonicalText(recordOf(document, 'a document').result ?? null) === submitted
  })
}

/** DSSE 1.0 with the public key beside each signature (shared/model/dsse.ts). */
async function open(text: string): Promise<{ payload: Uint8Array<ArrayBuffer>; keyId: string }> {
  check(new TextEncoder().encode(text).length <= MOST_BYTES, 'it is longer than 8 MiB')
  const envelope = recordOf(readCanonical(text, 'envelope'), 'the envelope')
  onlyKeys(envelope, ['payload', 'payloadType', 'signatures'], 'the envelope')
  check(envelope.payloadType === PAYLOAD_TYPE, 'its payload is no in-toto statement')
  const payload = fromBase64(envelope.payload, 'its payload')
  const { signatures } = envelope
  check(
    Array.isArray(signatures) && signatures.length > 0 && signatures.length <= MOST_SIGNATURES,
    'it has no signature, or too many',
  )
  const message = preAuthEncoding(payload)
  const keyIds: string[] = []
  for (const [at, signature] of (signatures as unknown[]).entries())
    keyIds.push(await checkSignature(signature, message, at + 1))
  const [keyId = '', ...others] = keyIds
  const ordered = others.every(
    (id, at) => id !== keyId && (at === 0 || (others[at - 1] ?? '') < id),
  )
  check(ordered, 'its further signatures are not in order of their keys')
  return { payload, keyId }
}

async function checkSignature(
  value: unknown,
  message: Uint8Array<ArrayBuffer>,
  number: number,
): Promise<string> {
  const signature = recordOf(value, `signature ${number}`)
  onlyKeys(signature, ['keyid', 'publicKey', 'sig'], `signature ${number}`)
  const der = fromBase64(signature.publicKey, `the key of signature ${number}`)
  check(
    der.length === SPKI_BYTES && SPKI_PREFIX.every((byte, at) => der[at] === byte),
    `signature ${number} names no Ed25519 key`,
  )
  const keyId = hex(await crypto.subtle.digest('SHA-256', der))
  check(signature.keyid === keyId, `the keyid of signature ${number} is not that of its key`)
  const bytes = fromBase64(signature.sig, `signature ${number}`)
  check(bytes.length === SIGNATURE_BYTES, `signature ${number} is not 64 bytes long`)
  let right = false
  try {
    const raw = der.slice(SPKI_PREFIX.length)
    const key = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify'])
    right = await crypto.subtle.verify({ name: 'Ed25519' }, key, bytes, message)
  } catch {
    // A point that is not on the curve: no key, so nothing it could have signed.
  }
  check(right, `signature ${number} does not belong to this content`)
  return keyId
}

/** What is signed: the type and the payload, each with its length. */
function preAuthEncoding(payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(
    `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `,
  )
  const message = new Uint8Array(head.length + payload.length)
  message.set(head)
  message.set(payload, head.length)
  return message
}

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

function check(right: boolean, sentence: string): void {
  if (!right) throw new FormError(sentence)
}

function recordOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new FormError(`${what} is no object`)
}

function onlyKeys(record: Record<string, unknown>, keys: readonly string[], what: string): void {
  const found = Object.keys(record).sort().join()
  check(found === [...keys].sort().join(), `${what} has other fields than ${keys.join(', ')}`)
}

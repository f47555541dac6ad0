import { z } from 'zod'
import { fromBase64, toBase64 } from './base64'
import { CanonicalError, canonicalBytes, readCanonical } from './canonical'
import { KeyId, type PublicKey, readPublicKey } from './keys'
import { toUtf8 } from './utf8'

/** The media type that in-toto gives its statements. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** Longest passport that is written or read: some 20,000 files. Reading one takes about 0.1 s. */
export const MOST_BYTES = 8 * 1024 * 1024

const SIGNATURE_BYTES = 64

/**
 * DSSE 1.0 envelope. `publicKey` is an addition that DSSE lets others ignore: with it no byte of an
 * envelope is beyond checking, and `keyid`, which is its hash, is all that trust has to name.
 */
export const Envelope = z.strictObject({
  payload: z.string(),
  payloadType: z.literal(PAYLOAD_TYPE),
  /** The issuer first, then those who signed the same payload after it. */
  signatures: z
    .array(z.strictObject({ keyid: KeyId, publicKey: z.string(), sig: z.string() }))
    .min(1)
    .max(16),
})
export type Envelope = z.infer<typeof Envelope>

/** DSSE's pre-authentication encoding: what is signed, with the lengths of its parts. */
export function preAuthEncoding(type: string, payload: Uint8Array): Uint8Array {
  const typeBytes = toUtf8(type)
  const head = [toUtf8(`DSSEv1 ${typeBytes.length} `), typeBytes, toUtf8(` ${payload.length} `)]
  const length = head.reduce((sum, part) => sum + part.length, payload.length)
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of [...head, payload]) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export interface Signature {
  key: PublicKey
  bytes: Uint8Array
}

export interface OpenedEnvelope {
  payload: Uint8Array
  signatures: Signature[]
}

/** Reads an envelope in its one form; signatures are not checked yet. Throws CanonicalError. */
export function openEnvelope(bytes: Uint8Array): OpenedEnvelope {
  const parsed = Envelope.safeParse(readCanonical(bytes, MOST_BYTES))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new CanonicalError(
      `It is no envelope of a passport: ${issue?.path.join('.') || 'it'}: ${issue?.message}.`,
    )
  }
  const payload = fromBase64(parsed.data.payload)
  if (payload === undefined) throw new CanonicalError('Its payload is not strict Base64.')
  const signatures = parsed.data.signatures.map(({ keyid, publicKey, sig }, index) => {
    const key = readPublicKey(publicKey)
    if (key === undefined)
      throw new CanonicalError(`Its signature ${index + 1} names no Ed25519 public key.`)
    if (key.keyId !== keyid)
      throw new CanonicalError(`The keyid of its signature ${index + 1} is not that of its key.`)
    const signature = fromBase64(sig)
    if (signature?.length !== SIGNATURE_BYTES)
      throw new CanonicalError(`Its signature ${index + 1} is not 64 bytes of strict Base64.`)
    return { key, bytes: signature }
  })
  return { payload, signatures: inOrder(signatures) }
}

/** After the issuer by key, each key once: two orders of the same signatures would be two forms. */
function inOrder(signatures: Signature[]): Signature[] {
  const [issuer, ...others] = signatures.map(({ key }) => key.keyId)
  const ordered = others.every(
    (id, at) => id !== issuer && (at === 0 || (others[at - 1] ?? '') < id),
  )
  if (!ordered) throw new CanonicalError('Its further signatures are not in order of their keys.')
  return signatures
}

/** The bytes of an envelope; the first signature is the issuer's, the others are put in order. */
export function sealEnvelope({ payload, signatures }: OpenedEnvelope): Uint8Array {
  const [issuer, ...others] = signatures
  others.sort((a, b) => (a.key.keyId < b.key.keyId ? -1 : 1))
  return canonicalBytes({
    payload: toBase64(payload),
    payloadType: PAYLOAD_TYPE,
    signatures: [...(issuer ? [issuer] : []), ...others].map(({ key, bytes }) => ({
      keyid: key.keyId,
      publicKey: key.spki,
      sig: toBase64(bytes),
    })),
  })
}

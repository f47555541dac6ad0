import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { fromBase64, toBase64 } from './base64'

/** Names a key: SHA-256 (hex) over its SubjectPublicKeyInfo. */
export const KeyId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'KeyId'>()
export type KeyId = z.infer<typeof KeyId>

/** An Ed25519 public key in DER (RFC 8410): this prefix, then its 32 bytes. */
const SPKI_PREFIX = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
const KEY_BYTES = 32

/** The public key as everything here hands it on: standard Base64 of its DER. */
export interface PublicKey {
  keyId: KeyId
  spki: string
  /** The 32 bytes of RFC 8032. */
  raw: Uint8Array
}

export function publicKeyOf(raw: Uint8Array): PublicKey {
  const der = Uint8Array.of(...SPKI_PREFIX, ...raw)
  return { keyId: KeyId.parse(bytesToHex(sha256(der))), spki: toBase64(der), raw }
}

/** Undefined for anything but the DER of an Ed25519 key in Base64. */
export function readPublicKey(spki: string): PublicKey | undefined {
  const der = fromBase64(spki)
  if (der?.length !== SPKI_PREFIX.length + KEY_BYTES) return undefined
  if (!SPKI_PREFIX.every((byte, at) => der[at] === byte)) return undefined
  return publicKeyOf(der.slice(SPKI_PREFIX.length))
}

/** As `openssl pkey -pubin` reads it (RFC 7468). */
export function toPem({ spki }: Pick<PublicKey, 'spki'>): string {
  return `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`
}

/** A PEM file, or the bare Base64. Undefined when it holds no Ed25519 public key. */
export function readPem(text: string): PublicKey | undefined {
  const body = /^-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END PUBLIC KEY-----\s*$/
  const inside = body.exec(text.trim())?.[1] ?? text
  return readPublicKey(inside.replace(/\s+/g, ''))
}

export { fingerprintOf } from './fingerprint'

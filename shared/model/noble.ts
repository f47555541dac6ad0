import { ed25519 } from '@noble/curves/ed25519.js'

/**
 * Ed25519 where the host has none of its own. Strict as RFC 8032 and FIPS 186-5 are: ZIP-215, the
 * library's default, would accept encodings that other verifiers refuse.
 */
export function verifyWithNoble(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return ed25519.verify(signature, message, publicKey, { zip215: false })
}

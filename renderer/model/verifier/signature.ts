import { verifyWithNoble } from '@shared/model/noble'

export type Engine = 'the browser (WebCrypto)' | 'the JavaScript in this file (noble)'

/** Which of the two answered last, for the page to say. */
export const used: { engine: Engine | null } = { engine: null }

/** Ed25519 by the browser where it has it (Chromium 137, Firefox 129, Safari 17), else in JavaScript. */
export async function verifySignature(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const key = await importKey(publicKey)
  if (key === undefined) {
    used.engine = 'the JavaScript in this file (noble)'
    return verifyWithNoble(publicKey, message, signature)
  }
  used.engine = 'the browser (WebCrypto)'
  return crypto.subtle.verify('Ed25519', key, owned(signature), owned(message))
}

/** Undefined where the browser has no WebCrypto here (an insecure origin), or no Ed25519. */
async function importKey(publicKey: Uint8Array): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey('raw', owned(publicKey), 'Ed25519', false, ['verify'])
  } catch {
    return undefined
  }
}

/** WebCrypto takes no view of memory that could be shared. */
export const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

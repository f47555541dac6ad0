import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { ensureFolder } from '../data-folder'

/** What a host can do to keep a text from being read by others. */
export interface Secrets {
  /** `system`: sealed by the keychain of the system; `file`: only the rights of the file protect it. */
  readonly protection: 'system' | 'file'
  seal(text: string): Promise<string>
  /** Rejects for what was sealed elsewhere, by another user, or changed. */
  open(sealed: string): Promise<string>
}

/** Where there is no keychain, the file of the secret belongs to its user alone (0600). */
export const FILE_SECRETS: Secrets = {
  protection: 'file',
  seal: async (text) => text,
  open: async (sealed) => sealed,
}

/** A secret that is there and cannot be used. Says where, why, and what to do. */
export class SecretError extends Error {
  override readonly name = 'SecretError'
}

const Stored = z.strictObject({
  version: z.literal(1),
  protection: z.enum(['system', 'file']),
  /** What is sealed, for whoever cannot open it. */
  keyId: z.string(),
  sealed: z.string(),
})

/** The secret in a file, with what it is; undefined when there is no file. Throws SecretError. */
export async function readSecret(
  file: string,
  secrets: Secrets,
): Promise<{ keyId: string; text: string } | undefined> {
  const stored = readStored(file)
  if (stored === undefined) return undefined
  if (stored.protection === 'system' && secrets.protection === 'file')
    throw new SecretError(
      `The signing key in ${file} is sealed by the keychain of the system, which only the desktop window can open. Sign there, or use another --data-dir here.`,
    )
  try {
    const opener = stored.protection === 'file' ? FILE_SECRETS : secrets
    return { keyId: stored.keyId, text: await opener.open(stored.sealed) }
  } catch (error) {
    throw new SecretError(
      `The keychain of the system does not open the signing key in ${file} (${(error as Error).message}). Unlock it, or sign in as who made the key.`,
    )
  }
}

/** How the secret in a file is protected in fact, whatever this host could do; undefined without one. */
export function protectionOf(file: string): Secrets['protection'] | undefined {
  try {
    return readStored(file)?.protection
  } catch {
    return undefined
  }
}

function readStored(file: string): z.infer<typeof Stored> | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
    // Windows has no such bits; there the folder of the user protects it.
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw new SecretError(
        `Other users of this computer can read the signing key in ${file}. If nobody has, take their rights away: chmod 600 ${file}. Otherwise make a new key.`,
      )
  } catch (error) {
    if (error instanceof SecretError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new SecretError(`The signing key in ${file} cannot be read: ${(error as Error).message}.`)
  }
  try {
    return Stored.parse(JSON.parse(text))
  } catch {
    throw new SecretError(
      `${file} does not hold a signing key any more. Put it back from a backup, or make a new key, which signs from then on.`,
    )
  }
}

/** Writes the file for its user alone, wholly and to the disk, or not at all. */
export async function writeSecret(
  file: string,
  secrets: Secrets,
  keyId: string,
  text: string,
): Promise<void> {
  const { protection } = secrets
  const sealed = await secrets.seal(text)
  ensureFolder(dirname(file))
  const draft = openSync(`${file}.new`, 'w', 0o600)
  try {
    // A draft that a crash left keeps the rights it was made with.
    fchmodSync(draft, 0o600)
    writeSync(draft, `${JSON.stringify({ version: 1, protection, keyId, sealed })}\n`)
    fsyncSync(draft)
  } finally {
    closeSync(draft)
  }
  renameSync(`${file}.new`, file)
}

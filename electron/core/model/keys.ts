import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { SigningKey, TrustedKey } from '@shared/contract/model'
import type { Signer } from '@shared/model/build'
import { KeyId, type PublicKey, readPublicKey, toPem } from '@shared/model/keys'
import type { ActivityEntry, ActivityLog } from '../activity'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'
import type { Platform } from '../platform'
import { protectionOf, readSecret, SecretError, writeSecret } from '../secrets'
import { generatePrivateKey, signerOf } from './ed25519'

/** The keys this workspace signs with, and those of others that it trusts. */
export interface Keys {
  /** Where the private key is, and how it is protected. */
  state(): { file: string; protection: 'system' | 'file'; own: SigningKey[]; trusted: TrustedKey[] }
  /** Opens the signing key; the very first time there is none, makes one. Throws SecretError. */
  signer(): Promise<Signer>
  /** Makes a new key that signs from now on. The old one's public part is kept, its private part is not. */
  rotate(): Promise<SigningKey>
  trust(key: PublicKey, name: string): Promise<void>
  distrust(keyId: KeyId): Promise<boolean>
  /** Every key that is trusted, own ones included, with what its holder is called. */
  known(): KnownKeys
}

export type KeysPlatform = Pick<Platform, 'now' | 'paths' | 'randomId' | 'secrets' | 'user'>

export function createKeys(db: Db, platform: KeysPlatform, activity: ActivityLog): Keys {
  const { secrets } = platform
  const file = join(platform.paths.data, 'keys', 'signing-key.json')
  const insertKey = db.prepare(
    'INSERT INTO signing_key (key_id, public_key, created_at) VALUES (?, ?, ?)',
  )
  const selectKeys = db.prepare('SELECT * FROM signing_key ORDER BY created_at DESC, rowid DESC')
  const selectTrusted = db.prepare('SELECT * FROM trusted_key ORDER BY name COLLATE NOCASE, key_id')

  const own = () => (selectKeys.all() as StoredKey[]).map(signingKeyOf)
  const trusted = () => (selectTrusted.all() as StoredTrust[]).map(trustedKeyOf)
  const current = () => own().find(({ retiredAt }) => retiredAt === null)

  /** In the caller's transaction: the record first, so that no file ever holds an unrecorded key. */
  async function make(entry: Pick<ActivityEntry, 'kind'> & { verb: string }): Promise<Signer> {
    const pem = generatePrivateKey()
    const signer = signerOf(pem)
    if (signer === undefined) throw new Error('The new signing key could not be read back.')
    const { keyId, spki } = signer.key
    insertKey.run(keyId, spki, platform.now().getTime())
    activity.append({
      operationId: platform.randomId(),
      kind: entry.kind,
      subject: keyId,
      summary: `${entry.verb} the signing key ${keyId.slice(0, 16)}`,
      body: { protection: secrets.protection },
    })
    await writeSecret(file, secrets, keyId, pem)
    return signer
  }

  async function open(): Promise<Signer | undefined> {
    const secret = await readSecret(file, secrets)
    const recorded = current()
    if (secret === undefined) {
      if (recorded === undefined) return undefined
      throw new SecretError(
        `The signing key ${recorded.keyId.slice(0, 16)} is not in ${file} any more. Put it back from a backup, or make a new key, which signs from then on.`,
      )
    }
    const signer = signerOf(secret.text)
    if (signer === undefined || signer.key.keyId !== secret.keyId)
      throw new SecretError(
        `${file} does not hold the signing key it names. Put it back from a backup, or make a new key, which signs from then on.`,
      )
    if (signer.key.keyId !== recorded?.keyId)
      throw new SecretError(
        `The signing key in ${file} is not the one on record${recorded ? ` (${recorded.keyId.slice(0, 16)})` : ''}. Put that back, or make a new key, which signs from then on.`,
      )
    return signer
  }

  return {
    state: () => ({
      file,
      protection: protectionOf(file) ?? secrets.protection,
      own: own(),
      trusted: trusted(),
    }),
    async signer() {
      return (
        (await open()) ??
        exclusively(
          db,
          // Asked again: another process may have made it meanwhile.
          async () => (await open()) ?? make({ kind: 'key.created', verb: 'Made' }),
        )
      )
    },
    rotate: () =>
      exclusively(db, async () => {
        await setDamagedAside()
        db.prepare('UPDATE signing_key SET retired_at = ? WHERE retired_at IS NULL').run(
          platform.now().getTime(),
        )
        await make({ kind: 'key.rotated', verb: 'Signs from now on with' })
        const made = current()
        if (made === undefined) throw new Error('The new signing key was not recorded.')
        return made
      }),
    trust: ({ keyId, spki }, name) =>
      exclusively(db, () => {
        db.prepare(
          `INSERT INTO trusted_key (key_id, public_key, name, added_at, actor) VALUES (?,?,?,?,?)
           ON CONFLICT (key_id) DO UPDATE SET name = excluded.name`,
        ).run(keyId, spki, name, platform.now().getTime(), platform.user)
        activity.append({
          operationId: platform.randomId(),
          kind: 'key.trusted',
          subject: keyId,
          summary: `Trusts the key ${keyId.slice(0, 16)} as that of ${name}`,
        })
      }),
    distrust: (keyId) =>
      exclusively(db, () => {
        const gone = db.prepare('DELETE FROM trusted_key WHERE key_id = ?').run(keyId).changes > 0
        if (gone)
          activity.append({
            operationId: platform.randomId(),
            kind: 'key.distrusted',
            subject: keyId,
            summary: `No longer trusts the key ${keyId.slice(0, 16)}`,
          })
        return gone
      }),
    known: () => knownKeys(db),
  }

  /** What cannot be used may still be of worth to its owner: it is put beside, not written over. */
  async function setDamagedAside(): Promise<void> {
    const isDamaged = await open().then(
      () => false,
      () => true,
    )
    if (isDamaged && existsSync(file)) renameSync(file, `${file}.${platform.randomId()}.old`)
  }
}

/** By key id, what the holder is called; and which of them sign no more. */
export interface KnownKeys {
  trusted: Map<string, string>
  retired: Set<string>
}

/** All that a workspace trusts: its own keys, retired ones too, and those it was told to. */
export function knownKeys(db: Db): KnownKeys {
  const own = db.prepare('SELECT key_id, retired_at FROM signing_key').all() as StoredKey[]
  const others = db.prepare('SELECT key_id, name FROM trusted_key').all() as StoredTrust[]
  return {
    trusted: new Map([
      ...others.map(({ key_id, name }) => [key_id, name] as const),
      // One name for all of them: no console is its own witness.
      ...own.map(({ key_id }) => [key_id, 'This console'] as const),
    ]),
    retired: new Set(own.flatMap(({ key_id, retired_at }) => (retired_at === null ? [] : key_id))),
  }
}

interface StoredKey {
  key_id: string
  public_key: string
  created_at: number
  retired_at: number | null
}

interface StoredTrust {
  key_id: string
  public_key: string
  name: string
  added_at: number
}

function signingKeyOf({ key_id, public_key, created_at, retired_at }: StoredKey): SigningKey {
  return {
    keyId: KeyId.parse(key_id),
    pem: pemOf(public_key),
    createdAt: new Date(created_at),
    retiredAt: retired_at === null ? null : new Date(retired_at),
  }
}

function trustedKeyOf({ key_id, public_key, name, added_at }: StoredTrust): TrustedKey {
  return { keyId: KeyId.parse(key_id), pem: pemOf(public_key), name, addedAt: new Date(added_at) }
}

function pemOf(spki: string): string {
  const key = readPublicKey(spki)
  return key === undefined ? '' : toPem(key)
}

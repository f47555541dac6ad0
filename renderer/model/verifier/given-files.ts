import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { PickedFile } from '@renderer/scan/target/walk-entries'
import type { GivenFiles } from '@shared/model/files'

/** The browser hashes ten times faster, but only what is in memory as a whole. */
const MOST_AT_ONCE = 64 * 1024 * 1024

/** Hashes one after the other, so that no two big files are in memory together. */
export async function hashFiles(
  files: readonly PickedFile[],
  onFile: (path: string, done: number) => void,
): Promise<Map<string, string | null>> {
  const hashes = new Map<string, string | null>()
  for (const { path, file } of files) {
    onFile(path, hashes.size + 1)
    hashes.set(path, await hashFile(file).catch(() => null))
  }
  return hashes
}

async function hashFile(file: File): Promise<string> {
  if (file.size <= MOST_AT_ONCE && globalThis.crypto?.subtle !== undefined)
    return bytesToHex(
      new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())),
    )
  const digest = sha256.create()
  const reader = file.stream().getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read())
    digest.update(read.value)
  return bytesToHex(digest.digest())
}

/**
 * Files by their names in the passport. Whoever drops a folder gives its name along; the passport
 * begins below it. So of the two readings the one that names more files of the passport is taken.
 */
export function namedFor(
  subject: readonly { name: string }[],
  hashes: ReadonlyMap<string, string | null>,
): GivenFiles {
  const names = new Set(subject.map(({ name }) => name))
  const inner = (path: string) => path.slice(path.indexOf('/') + 1)
  const hits = (of: (path: string) => string) =>
    [...hashes.keys()].filter((path) => names.has(of(path))).length
  const nameOf = hits(inner) > hits((path) => path) ? inner : (path: string) => path
  const [only, ...more] = subject
  const [single, ...others] = hashes
  // One file of a model of one file is meant, whatever it is called now.
  if (only && single && more.length + others.length === 0)
    return { hashes: new Map([[only.name, single[1]]]), complete: false }
  return {
    hashes: new Map([...hashes].map(([path, hash]) => [nameOf(path), hash])),
    complete: false,
  }
}

import type { PlacedFile } from './verified-file'

/** Where the bytes of versions go whose source is the bucket. */
export interface ObjectStore {
  /**
   * Stores a file, going on where an earlier attempt stopped. Resolves when all of it is there;
   * throws FileChangedError, FileGoneError, and what the transport throws.
   */
  put(request: PutObject): Promise<void>
}

export interface PutObject {
  versionId: string
  file: PlacedFile
  signal: AbortSignal
  /** What `onResumable` was given by an attempt that did not end; null for a first one. */
  resume: string | null
  /** To be kept, so that a restart of the console can go on. */
  onResumable(token: string): Promise<void>
  /** Bytes that are stored, of this file. */
  onProgress(bytes: number): void
}

import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { StartScan } from '@shared/contract/scan'
import type { Grants } from '../files'
import type { Platform } from '../platform'
import { distinctRoots } from './roots'
import type { ScanRequest } from './run-scan'
import type { ScanSpec } from './runs'
import type { Uploads } from './uploads'

type ScanStartCode =
  | 'PATH_NOT_GRANTED'
  | 'PATH_NOT_FOUND'
  | 'UPLOAD_INCOMPLETE'
  | 'POLICY_NOT_FOUND'
  | 'POLICIES_UNREADABLE'
  | 'TOO_MANY_SCANS'

export class ScanStartError extends Error {
  override readonly name = 'ScanStartError'
  readonly code: ScanStartCode
  readonly data: Record<string, string | number>
  constructor(code: ScanStartCode, data: Record<string, string | number>) {
    super(code)
    this.code = code
    this.data = data
  }
}

interface TargetParts {
  platform: Platform
  grants: Grants
  uploads: Uploads
}

/** What the page names, as paths that it may name. Throws ScanStartError. */
export function resolveTarget(
  { platform, grants, uploads }: TargetParts,
  target: StartScan['target'],
): Pick<ScanSpec, 'source' | 'title' | 'roots' | 'uploadId'> {
  const source = target.kind
  if (target.kind === 'samples') {
    const path = join(platform.paths.resources, 'samples')
    return { source, title: 'samples', roots: [{ path, label: 'samples' }] }
  }
  if (target.kind === 'paths') {
    const roots = target.paths.map((path) => ({ path: granted(grants, path), label: path }))
    return { source, title: roots.map((root) => basename(root.label)).join(', '), roots }
  }
  const { uploadId } = target
  const upload = uploads.find(uploadId)
  const missing = upload?.files.filter((file) => file.state !== 'complete').length ?? 0
  if (upload === undefined || missing > 0)
    throw new ScanStartError('UPLOAD_INCOMPLETE', { uploadId, missing })
  const title = commonName(upload.files.map((file) => file.path))
  return { source, title, roots: [{ path: upload.folder, label: title }], uploadId }
}

/** What is read for a spec, now or after a restart. */
export function filesOf(
  uploads: Uploads,
  { roots, uploadId }: ScanSpec,
): Pick<ScanRequest, 'roots' | 'listed' | 'notes'> {
  if (uploadId === undefined) return distinctRoots(roots)
  const upload = uploads.find(uploadId)
  if (upload === undefined) throw new Error('The uploaded files are gone; choose them again.')
  return { roots, listed: upload.files, notes: upload.notes }
}

function granted(grants: Grants, path: string): string {
  const allowed = grants.allowed(path)
  if (allowed === undefined) throw new ScanStartError('PATH_NOT_GRANTED', { path })
  try {
    return realpathSync(allowed)
  } catch {
    throw new ScanStartError('PATH_NOT_FOUND', { path })
  }
}

/** First folder of the dropped paths, or the file itself. */
function commonName(paths: readonly string[]): string {
  const tops = new Set(paths.map((path) => path.split('/')[0] ?? path))
  const [first = 'upload'] = tops
  return tops.size === 1 ? first : `${tops.size} dropped items`
}

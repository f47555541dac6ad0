import type { StartScan } from '@shared/contract/scan'

export type ScanRequest = Pick<StartScan, 'target'> & { hash?: boolean }

/** What this page has started, so that a cancelled or failed scan can be tried again. */
const started = new Map<string, ScanRequest>()

export const startedScans = {
  note(jobId: string, request: ScanRequest): void {
    started.set(jobId, request)
  },
  /** Null after a reload, and for an upload: its bytes are deleted with the scan. */
  request(jobId: string): ScanRequest | null {
    const request = started.get(jobId)
    return request && request.target.kind !== 'upload' ? request : null
  },
}

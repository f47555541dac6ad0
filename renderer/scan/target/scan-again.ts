import type { ReportRow, StartScan } from '@shared/contract/scan'

/** What to start for the same scan once more; null where the bytes are gone. */
export function targetOf(
  source: ReportRow['source'],
  roots: readonly string[],
): StartScan['target'] | null {
  if (source === 'samples') return { kind: 'samples' }
  if (source === 'upload' || roots.length === 0) return null
  return { kind: 'paths', paths: [...roots] }
}

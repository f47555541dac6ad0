import type { SettingsService } from '../settings'
import type { ScanLimits } from './protocol'

/** The limits of a scan as Settings has them now. */
export function limitsOf(settings: SettingsService): ScanLimits {
  const values = settings.values()
  return {
    fileSeconds: values['scan.file-seconds'],
    heapMegabytes: values['scan.heap-megabytes'],
    depth: values['scan.depth'],
    ratio: values['scan.ratio'],
    unpackedBytes: values['scan.unpacked-megabytes'] * 1024 * 1024,
    members: values['scan.members'],
    memoEntries: values['scan.memo-entries'],
    facts: values['scan.facts'],
    files: values['scan.files'],
  }
}

import type { ScanEvent } from '@shared/contract/scan'
import type { Finding } from '@shared/scan-report/report'
import { createEventStream, type EventStream } from '../jobs/event-stream'

const MOST_STREAMED = 500

/** What a watcher of a scan sees: the latest progress, the findings so far, and the end. */
export interface ScanStream extends EventStream<ScanEvent> {
  findings(path: string, findings: Finding[]): void
}

export function createScanStream(): ScanStream {
  const stream = createEventStream<ScanEvent>()
  let streamed = 0
  return {
    ...stream,
    findings(path, findings) {
      const some = findings.slice(0, Math.max(0, MOST_STREAMED - streamed))
      streamed += some.length
      if (some.length > 0) stream.add({ type: 'findings', path, findings: some })
      else stream.changed()
    },
  }
}

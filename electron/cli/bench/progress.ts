import type { BenchmarkEvent } from '@shared/contract/benchmark'
import { text } from './messages'

/** One line on stderr that is redrawn, on a terminal only: logs and pipes stay clean. */
export function createBenchProgress(stream: NodeJS.WriteStream) {
  let drawn = false
  return {
    show(event: BenchmarkEvent): void {
      if (!stream.isTTY || event.type !== 'progress') return
      stream.write(`\r\x1b[K${line(event)}`)
      drawn = true
    },
    end(): void {
      if (drawn) stream.write('\r\x1b[K')
    },
  }
}

function line({ job }: Extract<BenchmarkEvent, { type: 'progress' }>): string {
  const name = job.current ?? job.title
  switch (job.stage) {
    case 'queued':
      return text.queued
    case 'scanning':
      return text.scanning(name)
    case 'saving':
      return text.saving
    default: {
      const left = job.eta === null ? '' : text.left(job.eta)
      return text.measuring(name, job.launchesDone, job.launchesTotal, left)
    }
  }
}

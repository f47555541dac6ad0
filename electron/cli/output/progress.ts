import type { ScanObserver } from '../../core/scan/run-scan'
import { text } from '../messages'

const EVERY_MS = 100

/** One line on stderr that is redrawn, on a terminal only: logs and pipes stay clean. */
export function createProgress(stream: NodeJS.WriteStream): ScanObserver & { end(): void } {
  let files = 0
  let bytes = 0
  let filesDone = 0
  let drawnAt = 0
  const draw = (bytesDone: number) => {
    if (!stream.isTTY || performance.now() - drawnAt < EVERY_MS) return
    drawnAt = performance.now()
    const percent = bytes > 0 ? Math.floor((bytesDone / bytes) * 100) : 0
    stream.write(`\r\x1b[K${text.progress(filesDone, files, percent)}`)
  }
  return {
    listed(count, total) {
      files = count
      bytes = total
    },
    reading() {},
    progress: draw,
    file(_, done, bytesDone) {
      filesDone = done
      draw(bytesDone)
    },
    end() {
      if (drawnAt > 0) stream.write('\r\x1b[K')
    },
  }
}

import type { CodeFrame, Location } from '@shared/scan-report/fact'
import { visible } from './evidence'

export interface FrameLine {
  number: number
  /** The whole line where it is not the marked one. */
  before: string
  /** What begins at the column: an identifier, or one sign. Empty on all other lines. */
  marked: string
  after: string
}

/** A name with its members, or a single code point where no name begins. */
const TOKEN = /^(?:[\p{L}_$][\p{L}\p{N}_$.]*|[\s\S])/u

/**
 * The lines of a frame with the place of the finding set off. Columns count UTF-16 units of the
 * line as it is in the file, so the line is cut first and made visible after.
 */
export function frameLines(frame: CodeFrame, at: Pick<Location, 'line' | 'column'>): FrameLine[] {
  return frame.lines.map((line, index) => {
    const number = frame.firstLine + index
    const column = number === at.line ? at.column : undefined
    // A long line was cut before its column: it is marked as a line only.
    if (column === undefined || column > line.length) {
      return { number, before: visible(line), marked: '', after: '' }
    }
    const rest = line.slice(column - 1)
    const marked = TOKEN.exec(rest)?.[0] ?? ''
    return {
      number,
      before: visible(line.slice(0, column - 1)),
      marked: visible(marked),
      after: visible(rest.slice(marked.length)),
    }
  })
}

/** Whether a line can be shown in the frame, so that a step of the path can point into it. */
export function inFrame(frame: CodeFrame | undefined, line: number): boolean {
  return (
    frame !== undefined && line >= frame.firstLine && line < frame.firstLine + frame.lines.length
  )
}

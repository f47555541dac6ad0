import type { CodeFrame, EvidenceStep, FactKind } from '@shared/scan-report/fact'
import { FRAME_CHARACTERS } from '@shared/scan-report/frame'
import type { ParseContext } from '../context'
import { cut } from '../fact-store'
import type { CodeName } from './vocabulary'

/** Lines shown above and below the one that matters. */
const AROUND = 3
const EVIDENCE_CHARACTERS = 300
const MOST_STEPS = 12

export interface Place {
  /** 1-based. */
  line: number
  /** 1-based, UTF-16 code units. */
  column: number
}

/** What an engine saw at a range of the text. Offsets are UTF-16 indices. */
export interface Sighting {
  name: CodeName
  start: number
  end: number
  /** The excerpt; the text of the range when absent. Without line numbers: it is fingerprinted. */
  evidence?: string
  path?: readonly { role: EvidenceStep['role']; label: string; start: number; end: number }[]
  detail?: Record<string, string | number | boolean>
}

/** A text with its lines: places, frames and facts for every language engine. */
export interface SourceText {
  readonly text: string
  placeOf(offset: number): Place
  frameAt(offset: number): CodeFrame
  /** The range as one line, cut. */
  excerpt(start: number, end: number): string
  /** Records a 'code' fact. */
  report(context: ParseContext, sighting: Sighting): void
  /** The same with another kind and a free name, for hooks and contents. */
  reportAs(
    context: ParseContext,
    kind: FactKind,
    sighting: Omit<Sighting, 'name'> & { name: string },
  ): void
}

/** `firstLine` is the number of the text's first line in its file: a notebook has a text per cell. */
export function createSourceText(text: string, language: string, firstLine = 1): SourceText {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)

  /** Index of the line that holds the offset. */
  function lineOf(offset: number): number {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  function placeOf(offset: number): Place {
    const line = lineOf(offset)
    return { line: line + firstLine, column: offset - (starts[line] ?? 0) + 1 }
  }

  function lineText(index: number, around: number): string {
    const start = starts[index] ?? 0
    const end = (starts[index + 1] ?? text.length + 1) - 1
    // Minified code has one line: the frame shows the part that matters.
    const from = around - start > FRAME_CHARACTERS / 2 ? around - FRAME_CHARACTERS / 2 : start
    return cut(text.slice(from, Math.min(end, from + FRAME_CHARACTERS + 1)), FRAME_CHARACTERS)
  }

  function frameAt(offset: number): CodeFrame {
    const line = lineOf(offset)
    const first = Math.max(0, line - AROUND)
    const last = Math.min(starts.length - 1, line + AROUND)
    const lines: string[] = []
    for (let index = first; index <= last; index++)
      lines.push(lineText(index, index === line ? offset : (starts[index] ?? 0)))
    return { firstLine: first + firstLine, lines }
  }

  function excerpt(start: number, end: number): string {
    return cut(
      text
        .slice(start, Math.min(end, start + 4 * EVIDENCE_CHARACTERS))
        .replace(/\s+/g, ' ')
        .trim(),
      EVIDENCE_CHARACTERS,
    )
  }

  function reportAs(
    context: ParseContext,
    kind: FactKind,
    sighting: Omit<Sighting, 'name'> & { name: string },
  ): void {
    const { name, start, end, path, detail } = sighting
    context.add({
      kind,
      name,
      location: placeOf(start),
      evidence: sighting.evidence ?? excerpt(start, end),
      frame: frameAt(start),
      ...(path !== undefined && {
        path: path.slice(0, MOST_STEPS).map((step) => ({
          role: step.role,
          label: cut(step.label, 200),
          text: cut(excerpt(step.start, step.end), FRAME_CHARACTERS),
          ...placeOf(step.start),
        })),
      }),
      detail: { language, ...detail },
    })
  }

  return { text, placeOf, frameAt, excerpt, report: (c, s) => reportAs(c, 'code', s), reportAs }
}

import { formatBounds, formatMeasured } from '@renderer/benchmark/format'
import { text as benchmark } from '@renderer/benchmark/messages'
import type { PublishedResultRow, ServerFigure } from '@shared/backend/results'
import { HEADLINE, MEASURE } from '@shared/benchmark/measures'
import type { Grade } from '@shared/scan-report/report'

const GRADES: readonly Grade[] = ['A+', 'A', 'B', 'C', 'D', 'F']
/** The server keeps grades as words. */
export const gradeOf = (word: string): Grade | undefined => GRADES.find((grade) => grade === word)

/** One number of a published result in words, with how sure it is. */
export function figureText({ measure, estimate, lower, upper, confidence }: ServerFigure) {
  const { unit } = MEASURE[measure]
  return {
    title: benchmark.measures[measure],
    value: formatMeasured(estimate, unit),
    interval: confidence === null ? benchmark.none : formatBounds(lower, upper, unit),
  }
}

/** The number that the scenario of a result is judged by. */
export function headlineOf(result: PublishedResultRow) {
  const figure = result.figures.find(({ measure }) => measure === HEADLINE[result.scenario])
  return figure && figureText(figure)
}

import { formatNumber } from '@renderer/app/intl'
import type { ScanSummary } from '@shared/scan-report/report'
import { text } from './messages'

/** The sum behind a grade, step by step. */
export function GradeSteps({ summary }: { summary: ScanSummary }) {
  return (
    <>
      <table className="mt-2 w-full">
        <caption className="sr-only">{text.grade.steps}</caption>
        <tbody>
          {summary.gradeSteps.map((step) => (
            <tr key={step.label} className="border-line border-b">
              <th scope="row" className="py-1 pr-6 text-start font-normal text-muted">
                {step.label}
              </th>
              <td className="py-1 text-end">
                {step === summary.gradeSteps[0]
                  ? formatNumber(step.points)
                  : text.grade.points(step.points)}
              </td>
            </tr>
          ))}
          <tr className="font-semibold">
            <th scope="row" className="py-1 text-start">
              {text.grade.score}
            </th>
            <td className="py-1 text-end">{formatNumber(summary.score)}</td>
          </tr>
        </tbody>
      </table>
      <p className="mt-1 text-faint text-small">{text.grade.scale}</p>
    </>
  )
}

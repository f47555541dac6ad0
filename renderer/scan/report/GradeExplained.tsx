import { formatNumber } from '@renderer/app/intl'
import { GradeTile } from '@renderer/ui/GradeTile'
import { Popover } from '@renderer/ui/Popover'
import type { ScanSummary } from '@shared/scan-report/report'
import { text } from './messages'

/** The grade, and behind it the sum that anybody can do again. */
export function GradeExplained({ summary }: { summary: ScanSummary }) {
  return (
    <Popover
      title={text.grade.title}
      trigger={
        <button
          type="button"
          aria-label={text.grade.open(summary.grade)}
          className="inline-flex rounded-control p-0.5 hover:bg-sunken"
        >
          <GradeTile grade={summary.grade} />
        </button>
      }
    >
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
    </Popover>
  )
}

import { GradeTile } from '@renderer/ui/GradeTile'
import { lazyComponent } from '@renderer/ui/lazy-component'
import { Popover } from '@renderer/ui/Popover'
import type { ScanSummary } from '@shared/scan-report/report'
import { text } from './messages'

const GradeSteps = lazyComponent(async () => (await import('./GradeSteps')).GradeSteps)

// With the report, not with the click: a Suspense fallback would be held for 300 ms.
void GradeSteps.preload()

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
      <GradeSteps summary={summary} />
    </Popover>
  )
}

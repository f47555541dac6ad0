import { verdictName } from '@renderer/ui/VerdictBadge'
import type { Grade, Verdict } from '@shared/scan-report/report'
import { text } from './detail-messages'

interface EffectiveVerdictProps {
  effective: { verdict: Verdict; grade: Grade; open: number }
  /** Findings of this report that are set aside. */
  aside: number
}

/** What the verdict would be without what people set aside; beside the document's own, never instead. */
export function EffectiveVerdict({ effective, aside }: EffectiveVerdictProps) {
  const { verdict, grade, open } = effective
  if (aside === 0) return null
  return (
    <span
      title={text.effectiveWhy(grade, open)}
      className="inline-flex h-7 items-center rounded-chip border border-line-strong border-dashed px-2 text-small"
    >
      {text.effective(verdictName(verdict), aside)}
    </span>
  )
}

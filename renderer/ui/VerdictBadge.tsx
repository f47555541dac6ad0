import type { Verdict } from '@shared/scan-report/report'
import { CircleCheck, CircleQuestionMark, OctagonX, TriangleAlert } from 'lucide-react'
import { cx } from './cx'
import { text } from './messages'

const BADGE: Record<Verdict, string> = {
  malicious: 'bg-sev-critical-tint text-sev-critical-text',
  suspicious: 'bg-sev-high-tint text-sev-high-text',
  unknown: 'bg-sev-info-tint text-sev-info-text',
  clean: 'bg-ok-tint text-ok',
}
const ICONS = {
  malicious: OctagonX,
  suspicious: TriangleAlert,
  unknown: CircleQuestionMark,
  clean: CircleCheck,
}
export const verdictName = (verdict: Verdict): string => text.verdict[verdict]

export function VerdictIcon({
  verdict,
  size = 'size-4',
  className,
}: {
  verdict: Verdict
  size?: string
  className?: string
}) {
  const Icon = ICONS[verdict]
  return <Icon aria-hidden="true" className={cx('shrink-0', size, className)} />
}

/** `large` is the verdict of a whole report, at the height of a page title. */
export function VerdictBadge({ verdict, large = false }: { verdict: Verdict; large?: boolean }) {
  return (
    <span
      className={cx(
        'inline-flex items-center rounded-chip border border-transparent align-middle font-medium whitespace-nowrap',
        large ? 'h-7 gap-1.5 px-2.5 text-body' : 'h-5 gap-1 px-1.5 text-meta',
        BADGE[verdict],
      )}
    >
      <VerdictIcon verdict={verdict} size={large ? 'size-4' : 'size-3'} />
      {text.verdict[verdict]}
    </span>
  )
}

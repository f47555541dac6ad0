import { SEVERITY_FILL, severityName } from '@renderer/ui/SeverityBadge'
import type { BySeverity } from '@shared/scan-report/report'
import { SEVERITIES } from '@shared/scan-report/scales'
import { text } from './messages'

/** Shares of the severities in one bar, and the number of findings beside it. */
export function SeverityBar({ bySeverity }: { bySeverity: BySeverity }) {
  const parts = SEVERITIES.filter((severity) => bySeverity[severity] > 0)
  const total = parts.reduce((sum, severity) => sum + bySeverity[severity], 0)
  if (total === 0) return <span className="text-muted">{text.none}</span>
  const spoken = parts.map((severity) => text.part(bySeverity[severity], severityName(severity)))
  return (
    <span className="flex items-center gap-2" title={spoken.join(', ')}>
      <span
        role="img"
        aria-label={text.severities(spoken.join(', '))}
        className="flex h-2 min-w-0 flex-1 gap-px overflow-hidden rounded-full"
      >
        {parts.map((severity) => (
          <span
            key={severity}
            className={`swatch min-w-1 ${SEVERITY_FILL[severity]}`}
            style={{ flexGrow: bySeverity[severity] }}
          />
        ))}
      </span>
      <span className="w-12 shrink-0 text-end" aria-hidden="true">
        {text.count(total)}
      </span>
    </span>
  )
}

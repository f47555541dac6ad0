import { formatNumber } from '@renderer/app/intl'
import { cx } from '@renderer/ui/cx'
import { SEVERITY_TEXT, SeverityIcon, severityName } from '@renderer/ui/SeverityBadge'
import type { Severity } from '@shared/scan-report/report'
import { SEVERITIES } from '@shared/scan-report/scales'
import { text } from './messages'

interface SeverityFilterProps {
  counts: Record<Severity, number>
  chosen: ReadonlySet<Severity>
  onToggle: (severity: Severity) => void
}

/** None chosen shows all; each says how many it would show. Keys 1 to 5 do the same. */
export function SeverityFilter({ counts, chosen, onToggle }: SeverityFilterProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div role="group" aria-label={text.filter.severities} className="flex flex-wrap gap-1">
      {SEVERITIES.map((severity) => (
        <button
          key={severity}
          type="button"
          title={severityName(severity)}
          aria-pressed={chosen.has(severity)}
          className={cx(
            'inline-flex h-7 items-center gap-1 rounded-control border px-2 text-small',
            chosen.has(severity)
              ? 'border-accent bg-selected text-text'
              : 'border-line text-muted hover:bg-sunken',
          )}
          onClick={() => onToggle(severity)}
        >
          <SeverityIcon severity={severity} className={cx('size-3', SEVERITY_TEXT[severity])} />
          <span className="sr-only @min-[660px]/list:not-sr-only">{severityName(severity)}</span>
          <span className={counts[severity] === 0 ? '' : 'font-medium text-text'}>
            {formatNumber(counts[severity])}
          </span>
        </button>
      ))}
    </div>
  )
}

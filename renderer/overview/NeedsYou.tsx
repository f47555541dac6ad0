import type { ReportRow } from '@shared/contract/scan'
import { Link } from '@tanstack/react-router'
import { cx } from '../ui/cx'
import { RelativeTime } from '../ui/RelativeTime'
import { SEVERITY_TEXT, SeverityIcon } from '../ui/SeverityBadge'
import { text } from './messages'

/** The worst of a report in one sentence. */
function sentence({ bySeverity, verdict }: ReportRow): string {
  if (bySeverity.critical > 0) return text.needsYou.findings(bySeverity.critical, 'critical')
  if (bySeverity.high > 0) return text.needsYou.findings(bySeverity.high, 'high')
  return verdict === 'malicious' ? text.needsYou.malicious : text.needsYou.suspicious
}

/** The newest reports that somebody should look at: each one sentence and one action. */
export function NeedsYou({ rows }: { rows: readonly ReportRow[] }) {
  if (rows.length === 0) return null
  return (
    <section aria-label={text.needsYou.title}>
      <ul className="overflow-hidden rounded-card border border-line bg-surface">
        {rows.map((row) => {
          const severity = row.verdict === 'malicious' ? 'critical' : 'high'
          return (
            <li
              key={row.id}
              className="relative flex h-9 items-center gap-2.5 border-b border-line px-3 last:border-0 hover:bg-sunken"
            >
              <SeverityIcon
                severity={severity}
                className={cx('size-4!', SEVERITY_TEXT[severity])}
              />
              <p className="min-w-0 truncate font-medium">
                {text.needsYou.inReport(sentence(row), row.name)}
              </p>
              <p className="shrink-0 text-muted">
                {text.needsYou.scanned} <RelativeTime date={row.startedAt} />
              </p>
              <Link
                to="/scan/report/$reportId"
                params={{ reportId: row.id }}
                aria-label={text.needsYou.openNamed(row.name)}
                className="ml-auto shrink-0 font-medium text-accent after:absolute after:inset-0 hover:underline"
              >
                {text.needsYou.open}
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

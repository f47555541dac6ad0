import { formatNumber } from '@renderer/app/intl'
import { buttonClass } from '@renderer/ui/Button'
import type { Activity } from '@shared/contract/activity'
import { Link } from '@tanstack/react-router'
import { DetailList, DetailSection } from '../scan/report/DetailList'
import { text } from './messages'

export function EventDetail({ event }: { event: Activity | null }) {
  if (event === null) return <p className="text-muted">{text.detail.none}</p>
  const reportId = reportOf(event)
  return (
    <div className="flex flex-col gap-4">
      <header className="flex flex-col gap-1.5">
        <h2 className="font-semibold text-section">{text.kinds[event.kind]}</h2>
        <p className="wrap-anywhere" translate="no">
          {event.summary}
        </p>
        {reportId !== null && (
          <Link
            to="/scan/report/$reportId"
            params={{ reportId }}
            search={{}}
            className={`${buttonClass('secondary')} self-start`}
          >
            {text.detail.open}
          </Link>
        )}
      </header>
      <DetailList
        items={[
          [text.columns.actor, `${event.actor} · ${text.hosts[event.host]}`],
          [text.detail.at, event.at.toISOString()],
          [text.detail.subject, event.subject],
          [text.detail.sequence, formatNumber(event.sequence)],
          [text.detail.operation, <code key="operation">{event.operationId}</code>],
        ]}
      />
      <DetailSection title={text.detail.body}>
        <pre
          className="max-h-96 overflow-auto rounded-control border border-line bg-sunken p-3 text-code whitespace-pre-wrap wrap-anywhere"
          translate="no"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
          tabIndex={0}
        >
          {JSON.stringify(event.body, null, 2)}
        </pre>
      </DetailSection>
    </div>
  )
}

/** The report an event is about, where there still is one. */
function reportOf({ kind, subject, body }: Activity): string | null {
  const names =
    ['scan.finished', 'report.exported'].includes(kind) || kind.startsWith('disposition.')
  if (names) return subject
  return typeof body.reportId === 'string' && kind !== 'report.removed' ? body.reportId : null
}

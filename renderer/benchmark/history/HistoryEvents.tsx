import { formatDateTime } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import type { BenchmarkHistory } from '@shared/benchmark/history'
import { Cpu, TrendingDown, TrendingUp } from 'lucide-react'
import { text } from './messages'

/** Changes of level and of what else could have caused them, newest first. */
export function HistoryEvents({ history }: { history: BenchmarkHistory }) {
  const changes = history.changes.map((change) => ({
    at: change.at,
    icon: change.direction === 'faster' ? TrendingUp : TrendingDown,
    tone: change.direction === 'faster' ? 'text-ok' : 'text-sev-high-text',
    words: text.change(change.direction, change.effect),
    note: change.confirmed ? text.confirmed : text.suspected,
  }))
  const switches = history.switches.map(({ at, what }) => ({
    at,
    icon: Cpu,
    tone: 'text-muted',
    words: text.switched(what),
    note: '',
  }))
  const events = [...changes, ...switches].toSorted((a, b) => b.at - a.at)
  return (
    <SectionCard title={text.events}>
      {events.length === 0 && <p className="p-3 text-muted">{text.noEvents}</p>}
      <ul>
        {events.map(({ at, icon: Icon, tone, words, note }) => {
          const point = history.points[at]
          return (
            <li
              key={`${at} ${words}`}
              className="flex min-h-9 flex-wrap items-center gap-x-3 border-line border-b px-3 py-1.5 last:border-0"
            >
              <span className={cx('flex items-center gap-1.5 font-medium', tone)}>
                <Icon aria-hidden="true" className="size-4" />
                {words}
              </span>
              <span className="text-muted">{note}</span>
              {point && (
                <span className="ml-auto text-muted">{formatDateTime(point.row.startedAt)}</span>
              )}
            </li>
          )
        })}
      </ul>
    </SectionCard>
  )
}

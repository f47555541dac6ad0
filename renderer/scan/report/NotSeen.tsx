import { Button } from '@renderer/ui/Button'
import { cx } from '@renderer/ui/cx'
import type { ScanReport } from '@shared/scan-report/report'
import { ChevronRight, EyeOff, Info } from 'lucide-react'
import { useMemo } from 'react'
import { visible } from './evidence'
import { countByOutcome } from './findings'
import { text } from './messages'

interface NotSeenProps {
  report: ScanReport
  /** Opens the list of files, limited to these. */
  onShow: (outcomes: string) => void
}

/** What the verdict does not cover. Never hidden in a tab: an absence is part of the result. */
export function NotSeen({ report, onShow }: NotSeenProps) {
  const counts = useMemo(() => countByOutcome(report.files), [report])
  const { notes } = report
  const { inconclusive, error } = report.summary.byStatus
  const unfinished = inconclusive + error
  if (unfinished + counts.unknown + notes.length === 0) return null
  return (
    <div
      className={cx(
        'flex shrink-0 flex-col gap-1 rounded-card border border-line px-3 py-2',
        unfinished + counts.unknown > 0
          ? 'bg-sev-medium-tint text-sev-medium-text'
          : 'bg-sunken text-muted',
      )}
    >
      {unfinished > 0 && (
        <Line
          says={text.notes.unfinished(unfinished)}
          show={text.notes.show(unfinished)}
          onShow={() => onShow('inconclusive,error')}
        />
      )}
      {counts.unknown > 0 && (
        <Line
          says={text.notes.unknown(counts.unknown)}
          show={text.notes.show(counts.unknown)}
          onShow={() => onShow('unknown')}
        />
      )}
      {notes.length === 1 && <Line says={visible(notes[0] ?? '')} />}
      {notes.length > 1 && (
        <details className="group/notes">
          <summary className="flex min-h-6 list-none items-center gap-2">
            <ChevronRight
              aria-hidden="true"
              className="size-4 shrink-0 transition-transform group-open/notes:rotate-90"
            />
            {text.notes.title(notes.length)}
          </summary>
          <ul className="list-disc pt-1 pl-10 text-text">
            {notes.map((note) => (
              <li key={note} className="wrap-anywhere" translate="no">
                {visible(note)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

interface LineProps {
  says: string
  show?: string
  onShow?: () => void
}

function Line({ says, show, onShow }: LineProps) {
  const Icon = onShow ? EyeOff : Info
  return (
    <p className="flex min-h-6 flex-wrap items-center gap-x-2">
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere" translate={onShow ? undefined : 'no'}>
        {says}
      </span>
      {onShow && (
        <Button variant="link" size="small" className="h-6! px-1!" onClick={onShow}>
          {show}
        </Button>
      )}
    </p>
  )
}

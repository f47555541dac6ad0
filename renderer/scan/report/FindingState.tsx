import { formatDateTime } from '@renderer/app/intl'
import { Button } from '@renderer/ui/Button'
import type { Disposition } from '@shared/scan-report/disposition'
import { text } from './detail-messages'
import { stateOf } from './dispositions'
import { visible } from './evidence'
import { StateChip } from './StateChip'

interface FindingStateProps {
  disposition: Disposition | null
  onDispose: () => void
  onReopen: () => void
}

/** Whether the finding is open, else who set it aside, why, and until when. */
export function FindingState({ disposition, onDispose, onReopen }: FindingStateProps) {
  return (
    <section
      aria-label={text.state}
      className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-control border border-line px-2.5 py-1.5"
    >
      <StateChip state={stateOf(disposition)} />
      {disposition && (
        <span className="text-muted text-small">
          {disposition.expires === null ? text.forever : text.until(disposition.expires)}
        </span>
      )}
      <span className="ml-auto">
        <Button size="small" keys="d" onClick={onDispose}>
          {disposition ? text.change : text.dispose}
        </Button>
      </span>
      {disposition && (
        <div className="w-full">
          <p className="wrap-anywhere" translate="no">
            {visible(disposition.reason)}
          </p>
          <p className="flex flex-wrap items-center gap-x-2 text-muted text-small">
            <span>
              {text.judged}{' '}
              <span translate="no">
                {visible(disposition.by)}, {formatDateTime(disposition.at)}
              </span>
            </span>
            <Button size="small" variant="link" className="h-6! px-1!" onClick={onReopen}>
              {text.clear}
            </Button>
          </p>
        </div>
      )}
    </section>
  )
}

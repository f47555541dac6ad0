import { Button } from '@renderer/ui/Button'
import { DetailSection } from './DetailList'
import { text } from './detail-messages'
import { type FindingRow, locationOf } from './findings'
import { text as report } from './messages'
import { Place } from './Place'

const SHOWN = 4

interface SimilarFindingsProps {
  /** All findings of the rule, this one among them. */
  rows: readonly FindingRow[]
  current: FindingRow
  onJump: (row: FindingRow) => void
  onAll: () => void
}

/** The next few findings of the same rule, from this one on, and the way to all of them. */
export function SimilarFindings({ rows, current, onJump, onAll }: SimilarFindingsProps) {
  const at = rows.findIndex(({ id }) => id === current.id)
  const others = [...rows.slice(at + 1, at + 1 + SHOWN), ...rows.slice(0, Math.max(at, 0))]
  if (rows.length < 2) return null
  return (
    <DetailSection title={text.similar(rows.length - 1)}>
      <ul className="flex flex-col">
        {others.slice(0, SHOWN).map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className="flex h-7 w-full min-w-0 items-center gap-2 rounded-chip px-1.5 text-start hover:bg-sunken"
              onClick={() => onJump(row)}
            >
              <span className="min-w-0 flex-1 truncate">
                <Place path={row.file.path} member={row.finding.location.member} />
              </span>
              <code className="shrink-0 text-muted" translate="no">
                {locationOf(row.finding, report.detail.lineNumber)}
              </code>
            </button>
          </li>
        ))}
      </ul>
      <span>
        <Button variant="link" size="small" className="px-1.5!" onClick={onAll}>
          {text.showSimilar}
        </Button>
      </span>
    </DetailSection>
  )
}

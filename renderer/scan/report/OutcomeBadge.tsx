import { cx } from '@renderer/ui/cx'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import { CircleDashed, CircleSlash } from 'lucide-react'
import type { Outcome } from './findings'
import { text } from './messages'

/** The verdict, or why there is none. Neither of the two extra kinds is ever green. */
export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  if (outcome !== 'inconclusive' && outcome !== 'error') return <VerdictBadge verdict={outcome} />
  const Icon = outcome === 'error' ? CircleSlash : CircleDashed
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-chip border border-transparent px-1.5 font-medium text-meta',
        'bg-sev-medium-tint text-sev-medium-text',
      )}
    >
      <Icon aria-hidden="true" className="size-3 shrink-0" />
      {text.outcome[outcome]}
    </span>
  )
}

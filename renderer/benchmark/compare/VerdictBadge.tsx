import { cx } from '@renderer/ui/cx'
import type { ComparisonVerdict } from '@shared/benchmark/comparison'
import { CircleQuestionMark, Equal, TrendingDown, TrendingUp } from 'lucide-react'

const LOOK = {
  faster: { icon: TrendingUp, tone: 'bg-ok-tint text-ok' },
  slower: { icon: TrendingDown, tone: 'bg-sev-high-tint text-sev-high-text' },
  equivalent: { icon: Equal, tone: 'bg-sev-low-tint text-sev-low-text' },
  inconclusive: { icon: CircleQuestionMark, tone: 'bg-sev-info-tint text-sev-info-text' },
}

/** The word is given by the caller: less memory is "faster" to the statistics, not to a reader. */
export function VerdictBadge({ verdict, word }: { verdict: ComparisonVerdict; word: string }) {
  const { icon: Icon, tone } = LOOK[verdict]
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 rounded-chip px-1.5 font-medium text-meta whitespace-nowrap',
        tone,
      )}
    >
      <Icon aria-hidden="true" className="size-3" />
      {word}
    </span>
  )
}

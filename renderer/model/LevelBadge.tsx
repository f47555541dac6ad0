import type { EvidenceLevel } from '@shared/model/statement'
import { text } from './messages'

/** The level, wherever a number of a passport is; what it means is one hover away. */
export function LevelBadge({ level }: { level: EvidenceLevel }) {
  return (
    <span
      title={text.levelMeans[level]}
      className="inline-flex h-5 items-center rounded-chip border border-line-strong px-1.5 font-medium text-meta whitespace-nowrap"
    >
      {text.levels[level]}
    </span>
  )
}

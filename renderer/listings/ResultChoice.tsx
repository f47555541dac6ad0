import { formatDateTime } from '@renderer/app/intl'
import { GradeTile } from '@renderer/ui/GradeTile'
import type { ResultRow } from '@shared/benchmark/result-row'
import { EvidenceChip } from '../benchmark/EvidenceChip'
import { formatMeasured } from '../benchmark/format'
import { text as shared } from '../benchmark/messages'
import { text } from './result-choice-messages'

interface ResultChoiceProps {
  row: ResultRow
  checked: boolean
  onToggle: () => void
}

/** A stored benchmark result that may be sent along. */
export function ResultChoice({ row, checked, onToggle }: ResultChoiceProps) {
  const { suite, scenario, headline, startedAt } = row
  return (
    <label className="flex items-center gap-2">
      <input type="checkbox" checked={checked} onChange={onToggle} />
      <GradeTile grade={row.grade} size="small" />
      <span className="min-w-0 wrap-anywhere">
        {text.result(
          suite.title,
          suite.version,
          shared.scenarios[scenario],
          headline === null
            ? ''
            : `${shared.measures[headline.measure]} ${formatMeasured(headline.estimate, headline.unit)}`,
          formatDateTime(startedAt),
        )}
      </span>
      <EvidenceChip evidence={row.evidence} />
    </label>
  )
}

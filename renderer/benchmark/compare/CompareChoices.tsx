import { Select } from '@renderer/ui/Select'
import { useId } from 'react'
import type { CompareSearch } from './compare-search'
import { text } from './messages'
import { formatDelta } from './PairTable'

/** Practical thresholds on offer besides the suite's own. */
const DELTAS = [0.01, 0.03, 0.05, 0.1]

interface ChoicesProps {
  search: CompareSearch
  names: readonly string[]
  /** Known while the suite's own threshold is in force. */
  suiteDelta: number | null
  onShow: (search: CompareSearch) => void
}

/** Which result the others are compared with, and what difference is worth a word. */
export function CompareChoices({ search, names, suiteDelta, onShow }: ChoicesProps) {
  const baseline = useId()
  const threshold = useId()
  const { of, delta } = search
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <span className="flex items-center gap-2">
        <label htmlFor={baseline} className="text-muted">
          {text.baseline}
        </label>
        <Select
          id={baseline}
          className="max-w-72"
          value={of[0] ?? ''}
          options={of.map((id, at) => ({ value: id, label: names[at] ?? id, data: true }))}
          onChange={(first) =>
            onShow({
              ...search,
              of: of.toSorted((a, b) => Number(b === first) - Number(a === first)),
            })
          }
        />
      </span>
      <span className="flex items-center gap-2">
        <label htmlFor={threshold} className="text-muted">
          {text.threshold}
        </label>
        <Select
          id={threshold}
          value={String(delta ?? 'suite')}
          options={[
            {
              value: 'suite',
              label: text.suiteDelta(suiteDelta === null ? null : formatDelta(suiteDelta)),
            },
            ...DELTAS.map((value) => ({
              value: String(value),
              label: text.delta(formatDelta(value)),
            })),
          ]}
          onChange={(value) => onShow({ of, ...(value !== 'suite' && { delta: Number(value) }) })}
        />
        <span className="text-faint text-small">{text.thresholdWhy}</span>
      </span>
    </div>
  )
}

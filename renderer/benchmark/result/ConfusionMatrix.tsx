import { formatNumber } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import type { Confusion } from '@shared/benchmark/accuracy'
import { useMemo } from 'react'
import { SidewaysBox } from '../SidewaysBox'
import { confusionTable } from './confusion'
import { text } from './messages'

/** More do not fit beside each other. */
const SHOWN = 20
/** Depth of the tint for a share of the largest count; the number is always written. */
const DEPTH = [
  [0.5, 'bg-chart-1/40'],
  [0.2, 'bg-chart-1/25'],
  [0.05, 'bg-chart-1/15'],
] as const

/** Expected against predicted class; what lies off the diagonal is wrong. */
export function ConfusionMatrix({ confusion }: { confusion: Confusion }) {
  const table = useMemo(() => confusionTable(confusion, SHOWN), [confusion])
  const { classes, counts, most, all } = table
  return (
    <SectionCard
      title={text.accuracy.confusion}
      aside={
        <span className="truncate text-faint text-small">
          {all > SHOWN ? text.accuracy.tooMany(all, SHOWN) : text.accuracy.confusionUnit}
        </span>
      }
    >
      <SidewaysBox label={text.accuracy.confusion} className="p-3">
        <table className="border-separate border-spacing-0.5 text-small" translate="no">
          <thead>
            <tr>
              <td />
              {classes.map((name) => (
                <th key={name} scope="col" className="px-1 font-medium text-muted">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map((row, expected) => (
              <tr key={classes[expected]}>
                <th scope="row" className="pr-2 text-right font-medium text-muted">
                  {classes[expected]}
                </th>
                {row.map((count, predicted) => (
                  <td
                    key={classes[predicted]}
                    title={text.accuracy.cell(
                      classes[expected] ?? '',
                      classes[predicted] ?? '',
                      count,
                    )}
                    className={cx(
                      'h-7 min-w-9 rounded-chip px-1 text-center tabular-nums',
                      count === 0 ? 'text-faint' : tint(count, most, expected === predicted),
                    )}
                  >
                    {count === 0 ? '·' : formatNumber(count)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </SidewaysBox>
    </SectionCard>
  )
}

function tint(count: number, most: number, right: boolean): string {
  if (!right) return 'bg-sev-high-tint text-sev-high-text font-medium'
  return DEPTH.find(([share]) => count >= share * most)?.[1] ?? 'bg-chart-1/10'
}

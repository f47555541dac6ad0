import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import type { LiveArm } from '@shared/contract/benchmark'
import { formatInterval, formatMeasured, formatMetric, formatMetricInterval } from '../format'
import { text as shared } from '../messages'
import { Sure } from '../Sure'
import { text } from './messages'
import { armLetter } from './watch-state'

const CELL = 'px-3 py-1.5'

/** The latest figures of every model; they move until the last launch is in. */
export function LiveArms({ arms, models }: { arms: readonly LiveArm[]; models: number }) {
  const { columns } = text
  return (
    <SectionCard title={text.arms} className="overflow-x-auto">
      <table className="w-full">
        <thead className="text-left text-muted text-small">
          <tr className="h-8 border-line border-b">
            <th className={cx(CELL, 'font-medium')}>{columns.model}</th>
            <th className={cx(CELL, 'text-right font-medium')}>{columns.launches}</th>
            <th className={cx(CELL, 'font-medium')}>{columns.headline}</th>
            <th className={cx(CELL, 'font-medium')}>{columns.accuracy}</th>
          </tr>
        </thead>
        <tbody>
          {arms.map((arm, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an arm is named by its place
            <tr key={at} className="border-line border-b last:border-0">
              <th scope="row" className={cx(CELL, 'text-left font-medium')}>
                <span className="mr-2 text-muted" translate="no">
                  {armLetter(at, models)}
                </span>
                <span translate="no">{arm.name}</span>
                {arm.role === 'reference' && (
                  <span className="ml-2 font-normal text-muted text-small">{text.reference}</span>
                )}
              </th>
              <td className={cx(CELL, 'text-right tabular-nums')}>
                {text.launchesDone(arm.launchesDone, arm.launchesTotal)}
              </td>
              <td className={cx(CELL, 'tabular-nums')}>
                <Headline arm={arm} />
              </td>
              <td className={cx(CELL, 'tabular-nums')}>
                <Accuracy arm={arm} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </SectionCard>
  )
}

function Headline({ arm: { headline } }: { arm: LiveArm }) {
  if (headline === null) return <span className="text-muted">{text.noFigure}</span>
  return (
    <>
      <span className="mr-2 text-muted text-small">{shared.measures[headline.measure]}</span>
      <Sure
        value={formatMeasured(headline.estimate, headline.unit)}
        interval={formatInterval(headline)}
      />
    </>
  )
}

function Accuracy({ arm: { accuracy } }: { arm: LiveArm }) {
  const [first] = accuracy
  if (!first) return <span className="text-muted">{text.noFigure}</span>
  return (
    <Sure
      value={formatMetric(first.metric, first.value)}
      interval={formatMetricInterval(first.metric, first.lower, first.upper)}
    />
  )
}

import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import type { FinishedLaunch, LiveLaunch } from '@shared/contract/benchmark'
import { text } from './messages'
import { armLetter } from './watch-state'

interface LaunchOrderProps {
  launches: readonly FinishedLaunch[]
  /** The one under way. */
  current: LiveLaunch | null
  models: number
  ahead: number
}

const TONES = [
  'border-chart-1 text-text',
  'border-chart-2 text-text',
  'border-chart-3 text-text',
  'border-chart-4 text-text',
  'border-chart-5 text-text',
]

/** ABBA …: which model ran when, which launches were noisy or failed, and what is still to come. */
export function LaunchOrder({ launches, current, models, ahead }: LaunchOrderProps) {
  return (
    <SectionCard title={text.order}>
      <ol className="flex flex-wrap gap-1 p-3">
        {launches.map((launch) => {
          const { index, arm, noisy, ending } = launch
          const letter = armLetter(arm, models)
          const bad = ending.kind !== 'ok'
          const again = isRepeated(launch, launches, current)
          const how = bad
            ? text.ending(ending.kind)
            : again
              ? text.repeated
              : noisy
                ? text.noisy
                : text.ending('ok')
          return (
            <li
              key={index}
              title={text.launchIs(letter, index + 1, how)}
              className={cx(
                'flex h-6 min-w-6 items-center justify-center rounded-chip border bg-surface px-1 font-medium text-meta',
                arm < models ? TONES[arm % TONES.length] : 'border-line-strong text-muted',
                noisy && 'border-dashed',
                again && 'line-through opacity-70',
                bad && 'border-sev-high! text-sev-high-text!',
              )}
            >
              <span aria-hidden="true" translate="no">
                {letter}
              </span>
              <span className="sr-only">{text.launchIs(letter, index + 1, how)}</span>
            </li>
          )
        })}
        {current && (
          <li className="flex h-6 min-w-6 animate-pulse items-center justify-center rounded-chip bg-accent px-1 font-medium text-meta text-on-accent">
            <span translate="no">{armLetter(current.arm, models)}</span>
            <span className="sr-only">{text.now}</span>
          </li>
        )}
        {ahead > 0 && (
          <li className="flex h-6 items-center pl-1 text-muted text-small">{text.ahead(ahead)}</li>
        )}
      </ol>
      <p className="px-3 pb-2 text-faint text-small">{text.orderWhy}</p>
    </SectionCard>
  )
}

/** The place in the order was, or is being, measured once more; then this launch does not count. */
function isRepeated(
  { index, block, arm }: FinishedLaunch,
  launches: readonly FinishedLaunch[],
  current: LiveLaunch | null,
): boolean {
  const same = (other: { block: number; arm: number }) => other.block === block && other.arm === arm
  return (
    (current !== null && same(current)) ||
    launches.some((other) => other.index > index && same(other))
  )
}

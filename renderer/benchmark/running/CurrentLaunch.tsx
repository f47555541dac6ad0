import { formatBytes, formatLatency, formatNumber } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import { Progress } from '@renderer/ui/Progress'
import { LAUNCH_PHASES } from '@shared/benchmark/scales'
import type { LiveLaunch } from '@shared/contract/benchmark'
import { text as shared } from '../messages'
import { text } from './messages'
import { armLetter } from './watch-state'

/** The process that runs now: its phase, and what it says between two timed segments. */
export function CurrentLaunch({ launch, models }: { launch: LiveLaunch | null; models: number }) {
  return (
    <SectionCard
      title={text.launch}
      aside={
        launch && (
          <span className="text-muted text-small">
            <span translate="no">{armLetter(launch.arm, models)}</span>,{' '}
            {text.attempt(launch.attempt)}
          </span>
        )
      }
    >
      {launch === null ? (
        <p className="min-h-[94px] p-3 text-muted">{text.noLaunch}</p>
      ) : (
        <div className="flex min-h-[94px] flex-col gap-3 p-3">
          <ol className="flex flex-wrap gap-x-3 gap-y-1 text-small">
            {LAUNCH_PHASES.map((phase) => (
              <li
                key={phase}
                aria-current={phase === launch.phase ? 'step' : undefined}
                className={cx(
                  phase === launch.phase
                    ? 'font-semibold underline decoration-2 decoration-accent underline-offset-4'
                    : 'text-muted',
                )}
              >
                {text.phases[phase]}
              </li>
            ))}
          </ol>
          <Progress label={text.phaseProgress} value={launch.share} />
          <dl className="flex flex-wrap gap-x-6 gap-y-1">
            <Fact name={text.queries} value={formatNumber(launch.queries)} />
            <Fact
              name={text.p50}
              value={launch.p50Ns === null ? shared.none : formatLatency(launch.p50Ns)}
            />
            <Fact
              name={text.memory}
              value={launch.rssBytes === null ? shared.none : formatBytes(launch.rssBytes)}
            />
          </dl>
        </div>
      )}
    </SectionCard>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex gap-2">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-14 font-medium tabular-nums">{value}</dd>
    </div>
  )
}

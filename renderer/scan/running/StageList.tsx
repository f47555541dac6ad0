import { cx } from '@renderer/ui/cx'
import type { ScanJob } from '@shared/contract/jobs'
import { Check, Circle, LoaderCircle } from 'lucide-react'
import { text } from '../messages'

const STAGES = ['listing', 'scanning', 'saving'] as const

export function StageList({ stage }: { stage: ScanJob['stage'] }) {
  const current = STAGES.indexOf(stage)
  return (
    <ol className="flex flex-wrap gap-x-5 gap-y-1">
      {STAGES.map((name, index) => {
        const state = index < current ? 'done' : index === current ? 'current' : 'waiting'
        const Icon = { done: Check, current: LoaderCircle, waiting: Circle }[state]
        return (
          <li
            key={name}
            aria-current={state === 'current' ? 'step' : undefined}
            className={cx(
              'flex items-center gap-1.5',
              state === 'current' ? 'font-medium text-text' : 'text-muted',
            )}
          >
            <Icon
              aria-hidden="true"
              className={cx(
                'size-3.5',
                state === 'current' && 'animate-spin text-accent',
                state === 'done' && 'text-ok',
              )}
            />
            {text.running.stages[name]}
            <span className="sr-only">{text.running.stageState[state]}</span>
          </li>
        )
      })}
    </ol>
  )
}

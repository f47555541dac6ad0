import { Check, Circle, CircleDot, Pause } from 'lucide-react'
import { cx } from './cx'
import { text } from './messages'

interface StagesProps<Name extends string> {
  /** In order. */
  names: readonly Name[]
  labels: Readonly<Record<Name, string>>
  current: Name
  paused?: boolean
}

/** Where something long is. Nothing turns: drawing would take from what is measured beside it. */
export function Stages<Name extends string>({ names, labels, current, paused }: StagesProps<Name>) {
  const now = names.indexOf(current)
  return (
    <ol className="flex flex-wrap gap-x-5 gap-y-1">
      {names.map((name, at) => {
        const state = at < now ? 'done' : at === now ? 'current' : 'waiting'
        const Icon = { done: Check, current: paused ? Pause : CircleDot, waiting: Circle }[state]
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
                state === 'current' && 'text-accent',
                state === 'done' && 'text-ok',
              )}
            />
            {labels[name]}
            <span className="sr-only">{text.stage[state]}</span>
          </li>
        )
      })}
    </ol>
  )
}

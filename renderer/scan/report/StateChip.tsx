import { cx } from '@renderer/ui/cx'
import { CircleDot, FlaskConical, Handshake, ThumbsDown } from 'lucide-react'
import { text } from './detail-messages'
import type { State } from './dispositions'

const ICON = {
  open: CircleDot,
  'false-positive': ThumbsDown,
  'accepted-risk': Handshake,
  'used-in-tests': FlaskConical,
}

/** Quiet on purpose: a state is a decision about a finding, not one more alarm. */
export function StateChip({ state, title }: { state: State; title?: string | undefined }) {
  const Icon = ICON[state]
  return (
    <span
      title={title}
      className={cx(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-chip border px-1.5 align-middle text-meta',
        state === 'open'
          ? 'border-transparent text-muted'
          : 'border-line bg-sunken font-medium text-text',
      )}
    >
      <Icon aria-hidden="true" className="size-3 shrink-0" />
      {text.states[state]}
    </span>
  )
}

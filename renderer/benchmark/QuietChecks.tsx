import type { QuietCheck } from '@shared/benchmark/environment'
import { CheckIcon } from './CheckIcon'
import { text } from './messages'

/** Readings of the quiet gate with what was seen, one a line. */
export function QuietChecks({ checks }: { checks: readonly QuietCheck[] }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {checks.map(({ check, state, sentence }) => (
        <li key={check} className="flex items-start gap-2">
          <CheckIcon state={state} className="mt-0.5" />
          <span className="w-28 shrink-0 font-medium">{text.checks[check]}</span>
          <span className="min-w-0 text-muted" translate="no">
            {sentence}
          </span>
        </li>
      ))}
    </ul>
  )
}

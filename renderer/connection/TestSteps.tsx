import { CopyButton } from '@renderer/ui/CopyButton'
import { cx } from '@renderer/ui/cx'
import type { ConnectionStep } from '@shared/contract/account'
import { CircleCheck, CircleDashed, CircleMinus, OctagonX, TriangleAlert } from 'lucide-react'
import { text } from './messages'

const ICONS = {
  running: CircleDashed,
  ok: CircleCheck,
  warning: TriangleAlert,
  failed: OctagonX,
  skipped: CircleMinus,
}
const COLORS: Record<ConnectionStep['state'], string> = {
  running: 'text-muted',
  ok: 'text-ok',
  warning: 'text-sev-high-text',
  failed: 'text-sev-critical-text',
  skipped: 'text-faint',
}

export function TestSteps({ steps }: { steps: readonly ConnectionStep[] }) {
  return (
    <ol aria-label={text.hosted.results} className="border-line border-t">
      {steps.map(({ step, state, detail, fix, command }) => {
        const Icon = ICONS[state]
        return (
          <li
            key={step}
            data-step={step}
            data-state={state}
            className="flex gap-3 border-line border-b px-3 py-2 last:border-0"
          >
            <Icon
              role="img"
              aria-label={text.hosted.states[state]}
              className={cx('mt-0.5 size-4 shrink-0', COLORS[state])}
            />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{text.hosted.steps[step]}</p>
              {detail !== '' && (
                <p translate="no" className="text-muted wrap-anywhere">
                  {detail}
                </p>
              )}
              {fix !== null && (
                <p className="wrap-anywhere">
                  <span className="font-medium">{text.hosted.fix}</span>{' '}
                  <span translate="no">{fix}</span>
                </p>
              )}
              {command !== null && (
                <div className="mt-1 flex flex-wrap items-center gap-2">
                  <code
                    translate="no"
                    className="min-w-0 rounded-chip bg-sunken px-2 py-1 text-code wrap-anywhere select-text"
                  >
                    {command}
                  </code>
                  <CopyButton size="small" value={command} label={text.hosted.copyCommand} />
                </div>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

import { cx } from '@renderer/ui/cx'
import type { CodeFrame, EvidenceStep } from '@shared/scan-report/fact'
import { ArrowDownToDot, ArrowUpFromDot, CircleDot } from 'lucide-react'
import { inFrame } from './code-frame'
import { text } from './detail-messages'
import { visible } from './evidence'

interface EvidencePathProps {
  steps: readonly EvidenceStep[]
  frame: CodeFrame | undefined
  pointed: number | null
  onPoint: (line: number | null) => void
  /** Opens another file of the scan; absent where there is no list to open it in. */
  onFile: ((path: string) => void) | undefined
}

const ICON = { source: ArrowUpFromDot, step: CircleDot, sink: ArrowDownToDot }
const TONE = {
  source: 'text-sev-medium-text',
  step: 'text-muted',
  sink: 'text-sev-critical-text',
}

/** The way of a value through the code, top to bottom: where it comes from, what is done, where it acts. */
export function EvidencePath({ steps, frame, pointed, onPoint, onFile }: EvidencePathProps) {
  return (
    <ol className="flex flex-col">
      {steps.map((step, index) => {
        const Icon = ICON[step.role]
        const { file } = step
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a way may pass one place twice; it never changes
            key={index}
            className="relative flex gap-2.5 pb-3 last:pb-0 [&:not(:last-child)]:before:absolute [&:not(:last-child)]:before:top-5 [&:not(:last-child)]:before:bottom-0 [&:not(:last-child)]:before:left-[7px] [&:not(:last-child)]:before:w-px [&:not(:last-child)]:before:bg-line-strong"
          >
            <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', TONE[step.role])} />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className={cx('font-medium', TONE[step.role])}>{text.roles[step.role]}</span>
                <span className="min-w-0 wrap-anywhere" translate="no">
                  {visible(step.label)}
                </span>
                <span className="ml-auto">
                  <StepPlace
                    step={step}
                    pressed={file === undefined && pointed === step.line}
                    {...(file === undefined
                      ? inFrame(frame, step.line) && {
                          onGo: () => onPoint(pointed === step.line ? null : step.line),
                        }
                      : onFile && { onGo: () => onFile(file) })}
                  />
                </span>
              </p>
              <code className="block truncate text-muted" title={visible(step.text)} translate="no">
                {visible(step.text)}
              </code>
            </div>
          </li>
        )
      })}
    </ol>
  )
}

interface StepPlaceProps {
  step: EvidenceStep
  pressed: boolean
  onGo?: () => void
}

function StepPlace({ step, pressed, onGo }: StepPlaceProps) {
  const place = text.place(step.line, step.column)
  const shown = step.file === undefined ? place : `${visible(step.file)}, ${place}`
  if (!onGo) return <span className="text-muted text-small">{shown}</span>
  return (
    <button
      type="button"
      {...(step.file === undefined && { 'aria-pressed': pressed })}
      className="rounded-chip text-accent text-small underline-offset-2 wrap-anywhere hover:underline"
      onClick={onGo}
    >
      {shown}
    </button>
  )
}

import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { describeError } from '../app/errors'
import { Button } from './Button'
import { CopyButton } from './CopyButton'
import { cx } from './cx'
import { text } from './messages'
import { SeverityIcon } from './SeverityBadge'

export interface ErrorStateProps {
  error: unknown
  title?: string
  /** A sentence in place of the error's own. */
  message?: string
  onRetry?: (() => void) | undefined
  retrying?: boolean
  /** Further ways out, e.g. a link to another page. */
  actions?: ReactNode
  className?: string
}

/** What went wrong, what to do, Retry, and the details to send to somebody. */
export function ErrorState(props: ErrorStateProps) {
  const { message, details } = describeError(props.error)
  return (
    <div role="alert" className={cx('flex items-start gap-3 p-4', props.className)}>
      <SeverityIcon severity="high" className="mt-0.5 size-4! text-sev-high-text" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{props.title ?? text.error.title}</p>
        <p className="max-w-[72ch] text-muted wrap-anywhere">{props.message ?? message}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          {props.onRetry && (
            <Button
              size="small"
              icon={<RotateCw aria-hidden="true" className="size-3.5" />}
              onClick={props.onRetry}
            >
              {props.retrying ? text.retrying : text.retry}
            </Button>
          )}
          <CopyButton size="small" value={details} label={text.copyDetails} />
          {props.actions}
        </div>
      </div>
    </div>
  )
}

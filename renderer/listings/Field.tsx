import { cx } from '@renderer/ui/cx'
import type { ReactNode } from 'react'

interface FieldProps {
  id: string
  label: string
  /** Under the field; announced with it through `describedBy`. */
  help?: string | undefined
  /** In place of the help, where the field is wrong. */
  problem?: string | null
  aside?: ReactNode
  children: ReactNode
  className?: string
}

export const helpId = (id: string) => `${id}-help`

/** A label, its field, and what is to be known or is wrong about it. */
export function Field({ id, label, help, problem, aside, children, className }: FieldProps) {
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', className)}>
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="font-medium text-small">
          {label}
        </label>
        {aside}
      </div>
      {children}
      {(problem || help) && (
        <p
          id={helpId(id)}
          className={cx('text-small', problem ? 'text-sev-critical-text' : 'text-muted')}
        >
          {problem || help}
        </p>
      )}
    </div>
  )
}

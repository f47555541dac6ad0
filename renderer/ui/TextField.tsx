import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './cx'

const FIELD =
  'h-8 min-w-0 rounded-control border border-line-strong bg-surface text-text disabled:opacity-50 aria-invalid:border-sev-critical'

/** A one-line input. Name it with `aria-label` or a `<label>`. */
export function TextField({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      autoComplete="off"
      spellCheck={false}
      {...rest}
      className={cx(FIELD, 'px-2.5', className)}
    />
  )
}

/** `ref` and the other attributes go to the input; `className` to the box around it. */
export function SearchField({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <span className={cx('relative inline-flex', className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        autoComplete="off"
        spellCheck={false}
        {...rest}
        className={cx(FIELD, 'w-full pr-2 pl-8 [&::-webkit-search-cancel-button]:hidden')}
      />
    </span>
  )
}

/** Several lines. Name it with `aria-label` or a `<label>`. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      autoComplete="off"
      {...rest}
      className={cx(FIELD, 'h-auto! w-full resize-y px-2.5 py-1.5', className)}
    />
  )
}

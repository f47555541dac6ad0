import type { ComponentProps, ReactNode } from 'react'
import { useId } from 'react'
import { cx } from './cx'
import { KeyHint } from './KeyHint'

const VARIANTS = {
  primary: 'border-transparent bg-accent text-on-accent enabled:hover:bg-accent-hover font-medium',
  secondary: 'border-line-strong bg-surface text-text enabled:hover:bg-sunken',
  ghost:
    'border-transparent bg-transparent text-muted enabled:hover:bg-sunken enabled:hover:text-text',
  link: 'border-transparent bg-transparent text-accent enabled:hover:underline font-medium',
  danger:
    'border-sev-critical bg-surface text-sev-critical-text enabled:hover:bg-sev-critical-tint',
}
const SIZES = { small: 'h-7 px-2', normal: 'h-8 px-3', large: 'h-9 px-4' }
const ICON_SIZES = { small: 'size-7', normal: 'size-8', large: 'size-9' }

export const buttonClass = (
  variant: keyof typeof VARIANTS = 'secondary',
  size: keyof typeof SIZES = 'normal',
) =>
  cx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border text-body whitespace-nowrap select-none transition-colors disabled:opacity-50 aria-disabled:opacity-50',
    VARIANTS[variant],
    SIZES[size],
  )

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  variant?: keyof typeof VARIANTS
  size?: keyof typeof SIZES
  icon?: ReactNode
  /** Shown as a key cap, e.g. 'e'. The binding itself is in shared/commands.ts. */
  keys?: string | undefined
  /** Why it cannot be used now. Keeps it focusable, so that a keyboard user can find out. */
  disabledReason?: string | null | undefined
  type?: 'button' | 'submit'
}

export function Button({
  variant = 'secondary',
  size = 'normal',
  icon,
  keys,
  disabledReason,
  type = 'button',
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const reasonId = useId()
  const blocked = disabledReason
    ? { 'aria-disabled': true, 'aria-describedby': reasonId, title: disabledReason }
    : { onClick }
  return (
    <>
      <button
        type={type}
        {...rest}
        {...blocked}
        className={cx(buttonClass(variant, size), className)}
      >
        {icon}
        {children}
        {keys && <KeyHint keys={keys} />}
      </button>
      {disabledReason && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </>
  )
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  /** Its accessible name, shown by the browser on hover. */
  label: string
  icon: ReactNode
  variant?: keyof typeof VARIANTS
  size?: keyof typeof SIZES
}

export function IconButton({
  label,
  icon,
  variant = 'ghost',
  size = 'small',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={cx(buttonClass(variant, size), 'px-0!', ICON_SIZES[size], className)}
    >
      {icon}
    </button>
  )
}

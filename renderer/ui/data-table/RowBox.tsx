import { Check, Minus } from 'lucide-react'
import { cx } from '../cx'

interface RowBoxProps {
  label: string
  checked: boolean | 'mixed'
}

/** A drawn check box. The table handles its clicks; the keyboard has x and Shift+J / K. */
export function RowBox({ label, checked }: RowBoxProps) {
  const Mark = checked === 'mixed' ? Minus : Check
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    // biome-ignore lint/a11y/useSemanticElements: thirty inputs would be thirty tab stops
    <span
      role="checkbox"
      aria-label={label}
      aria-checked={checked}
      data-box
      className="flex size-6 cursor-pointer items-center justify-center"
    >
      <span
        className={cx(
          'swatch flex size-3.5 items-center justify-center rounded-[3px] border',
          checked
            ? 'border-accent bg-accent text-on-accent'
            : 'border-line-strong bg-surface text-transparent group-hover/row:border-muted',
        )}
      >
        {checked && <Mark aria-hidden="true" strokeWidth={3} className="size-2.5" />}
      </span>
    </span>
  )
}

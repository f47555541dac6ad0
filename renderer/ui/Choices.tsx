import { cx } from './cx'

export interface ChoicesProps<T extends string> {
  id?: string
  labelledBy: string
  describedBy?: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange(value: T): void
  disabled?: boolean
}

/** Two to four choices side by side: radio buttons, so the arrow keys work as everywhere. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  return (
    <div
      id={props.id}
      role="radiogroup"
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      className={cx(
        'inline-flex h-8 shrink-0 rounded-control border border-line-strong bg-surface p-0.5',
        props.disabled && 'opacity-50',
      )}
    >
      {props.options.map(({ value, label }) => (
        <label
          key={value}
          className="relative flex cursor-pointer items-center rounded-chip px-3 text-muted select-none hover:text-text has-checked:bg-selected has-checked:font-medium has-checked:text-text has-disabled:cursor-default has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={props.labelledBy}
            className="absolute inset-0 cursor-pointer opacity-0"
            value={value}
            checked={value === props.value}
            disabled={props.disabled}
            onChange={() => props.onChange(value)}
          />
          {label}
        </label>
      ))}
    </div>
  )
}

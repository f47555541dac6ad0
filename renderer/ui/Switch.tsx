export interface SwitchProps {
  id?: string
  /** Accessible name, unless a visible label points at `id`. */
  label?: string
  checked: boolean
  onChange(checked: boolean): void
  disabled?: boolean
  describedBy?: string | undefined
}

/** A checkbox that acts at once. */
export function Switch(props: SwitchProps) {
  return (
    <span className="relative inline-flex h-6 w-10 shrink-0">
      <input
        type="checkbox"
        role="switch"
        id={props.id}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        checked={props.checked}
        aria-checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.target.checked)}
        className="peer h-6 w-10 cursor-pointer appearance-none rounded-full border border-line-strong bg-sunken transition-colors checked:border-accent checked:bg-accent disabled:cursor-default disabled:opacity-50"
      />
      <span
        aria-hidden="true"
        className="swatch pointer-events-none absolute top-[3px] left-[3px] size-4.5 rounded-full bg-line-strong transition-transform peer-checked:translate-x-4 peer-checked:bg-on-accent"
      />
    </span>
  )
}

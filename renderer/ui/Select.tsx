import { ChevronsUpDown } from 'lucide-react'
import { cx } from './cx'

export interface SelectOption<T extends string> {
  value: T
  label: string
  /** The label is data (a name), not a word of the console. */
  data?: boolean
}

export interface SelectProps<T extends string> {
  /** Accessible name, unless a visible label points at `id`. */
  label?: string
  id?: string
  value: T
  options: readonly SelectOption<T>[]
  /** After the options, each under a heading. */
  groups?: readonly { label: string; options: readonly SelectOption<T>[] }[]
  onChange(value: T): void
  disabled?: boolean
  describedBy?: string | undefined
  className?: string
}

/** The browser's own: its keys, its typing ahead and its list are what people know. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { groups = [] } = props
  const choose = (chosen: string) => {
    const all = [props.options, ...groups.map(({ options }) => options)].flat()
    const option = all.find(({ value }) => value === chosen)
    if (option) props.onChange(option.value)
  }
  const optionOf = ({ value, label, data }: SelectOption<T>) => (
    <option key={value} value={value} translate={data ? 'no' : undefined}>
      {label}
    </option>
  )
  return (
    <span className={cx('relative inline-flex', props.className)}>
      <select
        id={props.id}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        value={props.value}
        disabled={props.disabled}
        onChange={(event) => choose(event.target.value)}
        className="h-8 w-full min-w-32 cursor-pointer appearance-none truncate rounded-control border border-line-strong bg-surface pr-8 pl-2.5 text-text hover:bg-sunken disabled:cursor-default disabled:opacity-50"
      >
        {props.options.map(optionOf)}
        {groups.map(({ label, options }) => (
          <optgroup key={label} label={label}>
            {options.map(optionOf)}
          </optgroup>
        ))}
      </select>
      <ChevronsUpDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-faint"
      />
    </span>
  )
}

import { useCommand } from '@renderer/app/commands'
import { type Ref, useImperativeHandle, useRef } from 'react'
import { SearchField } from '../TextField'

interface FilterFieldProps {
  label: string
  value: string
  onChange(value: string): void
  /** Enter and Down go on to the list, and so does Escape in an empty field. */
  onLeave(): void
  className?: string
  handle?: Ref<{ focus(): void }>
}

/** The field above a table: `/` comes here from anywhere on the page, Escape empties it. */
export function FilterField({ label, value, onChange, onLeave, ...rest }: FilterFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  useImperativeHandle(rest.handle, () => ({ focus: () => input.current?.focus() }))
  useCommand('table.filter', () => {
    input.current?.focus()
    input.current?.select()
  })
  return (
    <SearchField
      ref={input}
      className={rest.className ?? 'w-72 max-w-full'}
      aria-label={label}
      placeholder={label}
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        const leave = event.key === 'Enter' || event.key === 'ArrowDown'
        if (!leave && event.key !== 'Escape') return
        event.preventDefault()
        if (event.key === 'Escape' && value) onChange('')
        else onLeave()
      }}
    />
  )
}

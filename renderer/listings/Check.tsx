import { helpId } from './Field'

interface CheckProps {
  id: string
  label: string
  help: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A box to tick, and what that means. */
export function Check({ id, label, help, checked, onChange }: CheckProps) {
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        type="checkbox"
        className="mt-0.5"
        checked={checked}
        aria-describedby={helpId(id)}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        <p id={helpId(id)} className="text-muted text-small">
          {help}
        </p>
      </div>
    </div>
  )
}

import { Button, IconButton } from '@renderer/ui/Button'
import { Select } from '@renderer/ui/Select'
import { TextField } from '@renderer/ui/TextField'
import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import { text } from './messages'

interface Field<Row> {
  key: keyof Row & string
  label: string
  /** A choice instead of a text. */
  options?: readonly { value: string; label: string }[]
  /** A day, or nothing: null. */
  date?: true
}

interface RowListProps<Row> {
  title: string
  help: string
  addLabel: string
  rows: readonly Row[]
  /** What a new row holds. */
  fresh: Row
  fields: readonly Field<Row>[]
  /** Tracks of CSS grid, one a field and one for the button at the end. */
  tracks: string
  onChange(rows: Row[]): void
}

/** A short list that is edited in place: a line of fields a row. */
export function RowList<Row extends object>(props: RowListProps<Row>) {
  const { rows, fields, tracks, onChange } = props
  const id = useId()
  // Rows have no id of their own; without one, removing the first would move what is typed.
  const [keys, setKeys] = useState(() => rows.map((_, index) => index))
  const [next, setNext] = useState(rows.length)

  const set = (at: number, field: Field<Row>, value: string) =>
    onChange(
      rows.map((row, index) =>
        index === at ? { ...row, [field.key]: field.date && value === '' ? null : value } : row,
      ),
    )
  const add = () => {
    setKeys([...keys, next])
    setNext(next + 1)
    onChange([...rows, props.fresh])
  }
  const remove = (at: number) => {
    setKeys(keys.filter((_, index) => index !== at))
    onChange(rows.filter((_, index) => index !== at))
  }

  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <div>
        <h3 id={id} className="font-semibold text-body">
          {props.title}
        </h3>
        <p className="text-muted text-small">{props.help}</p>
      </div>
      {rows.length > 0 && (
        <div
          aria-hidden="true"
          className="grid gap-2 text-muted text-small"
          style={{ gridTemplateColumns: tracks }}
        >
          {fields.map(({ key, label }) => (
            <span key={key}>{label}</span>
          ))}
        </div>
      )}
      {rows.map((row, at) => (
        <div
          key={keys[at]}
          className="grid items-center gap-2"
          style={{ gridTemplateColumns: tracks }}
        >
          {fields.map((field) => {
            const value = String(row[field.key] ?? '')
            const label = text.editor.row(field.label, at + 1)
            return field.options ? (
              <Select
                key={field.key}
                label={label}
                value={value}
                options={field.options}
                onChange={(chosen) => set(at, field, chosen)}
              />
            ) : (
              <TextField
                key={field.key}
                type={field.date ? 'date' : 'text'}
                aria-label={label}
                className="w-full"
                value={value}
                onChange={(event) => set(at, field, event.target.value)}
              />
            )
          })}
          <IconButton
            label={text.editor.removeRow(at + 1)}
            icon={<X aria-hidden size={14} />}
            onClick={() => remove(at)}
          />
        </div>
      ))}
      <Button
        size="small"
        className="self-start"
        icon={<Plus aria-hidden size={14} />}
        onClick={add}
      >
        {props.addLabel}
      </Button>
    </section>
  )
}

import { Button } from '@renderer/ui/Button'
import { TextField } from '@renderer/ui/TextField'
import { type FormEvent, useId, useState } from 'react'
import { text } from '../messages'

export function PathField({ busy, onScan }: { busy: boolean; onScan: (path: string) => void }) {
  const [path, setPath] = useState('')
  const id = useId()
  // Shells and file managers copy paths in quotes.
  const wanted = path.trim().replace(/^(["'])(.*)\1$/, '$2')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wanted !== '') onScan(wanted)
  }
  return (
    <form className="flex flex-wrap items-center gap-2" onSubmit={submit}>
      <label htmlFor={id} className="font-medium">
        {text.path.label}
      </label>
      <TextField
        id={id}
        className="min-w-60 flex-1 font-mono text-code!"
        placeholder={text.path.placeholder}
        value={path}
        maxLength={4096}
        onChange={(event) => setPath(event.target.value)}
      />
      <Button type="submit" disabled={busy} disabledReason={wanted === '' ? text.path.empty : null}>
        {text.path.scan}
      </Button>
    </form>
  )
}

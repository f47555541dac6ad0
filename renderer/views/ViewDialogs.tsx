import { Button, IconButton } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { TextField } from '@renderer/ui/TextField'
import { notify } from '@renderer/ui/toast'
import type { SavedView } from '@shared/contract/views'
import { Trash2 } from 'lucide-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { text } from './dialog-messages'
import { useViewChanges, type ViewChanges } from './use-view-changes'
import type { ViewPage } from './use-views'

const MOST_NAME = 60

interface SaveViewProps {
  page: ViewPage
  search: Readonly<Record<string, unknown>>
  onClose: () => void
}

export function SaveView({ page, search, onClose }: SaveViewProps) {
  const changes = useViewChanges(page)
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const save = async () => {
    const wanted = name.trim()
    const wrong =
      wanted === '' ? text.empty : await changes.save({ name: wanted, search: { ...search } })
    if (wrong !== null) {
      setProblem(wrong)
      field.current?.focus()
      return
    }
    notify({ title: text.savedAs(wanted), key: 'view', tone: 'ok' })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.saveTitle}
      description={text.saveBody}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button variant="primary" type="submit" form={`${id}-form`}>
            {text.confirm}
          </Button>
        </>
      }
    >
      <form
        id={`${id}-form`}
        className="flex flex-col gap-1 pt-2"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void save()
        }}
      >
        <label htmlFor={id} className="font-medium">
          {text.name}
        </label>
        <TextField
          ref={field}
          id={id}
          maxLength={MOST_NAME}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-problem`}
          value={name}
          onChange={(event) => {
            setName(event.target.value)
            setProblem(null)
          }}
        />
        <p id={`${id}-problem`} role="status" className="min-h-4 text-sev-critical-text text-small">
          {problem}
        </p>
      </form>
    </Dialog>
  )
}

interface ManageViewsProps {
  page: ViewPage
  views: readonly SavedView[]
  onClose: () => void
}

export function ManageViews({ page, views, onClose }: ManageViewsProps) {
  const changes = useViewChanges(page)
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.manageTitle}
      description={text.manageBody(views.length)}
      actions={
        <Button variant="primary" onClick={onClose}>
          {text.done}
        </Button>
      }
    >
      <ul className="flex flex-col gap-2 pt-2">
        {views.map((view) => (
          <ViewRow key={view.id} view={view} changes={changes} />
        ))}
      </ul>
    </Dialog>
  )
}

function ViewRow({ view, changes }: { view: SavedView; changes: ViewChanges }) {
  const [name, setName] = useState(view.name)
  const [problem, setProblem] = useState<string | null>(null)
  const changed = name.trim() !== view.name
  const rename = async (event: FormEvent) => {
    event.preventDefault()
    const { id, search } = view
    const wanted = name.trim()
    setProblem(wanted === '' ? text.empty : await changes.save({ id, search, name: wanted }))
  }
  return (
    <li>
      <form className="flex items-center gap-2" onSubmit={(event) => void rename(event)}>
        <TextField
          className="flex-1"
          aria-label={text.nameOf(view.name)}
          aria-invalid={problem !== null}
          maxLength={MOST_NAME}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {changed && <Button type="submit">{text.rename}</Button>}
        <IconButton
          size="normal"
          label={text.remove(view.name)}
          icon={<Trash2 aria-hidden="true" className="size-4" />}
          onClick={() => void changes.remove(view)}
        />
      </form>
      {problem && (
        <p role="alert" className="text-sev-critical-text text-small">
          {problem}
        </p>
      )}
    </li>
  )
}

import { useCommand } from '@renderer/app/commands'
import { client, orpc } from '@renderer/app/rpc'
import { inElectron, pathOfFile } from '@renderer/app/session'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import { lazyComponent, whenIdle } from '@renderer/ui/lazy-component'
import { TextField } from '@renderer/ui/TextField'
import type { ModelFit } from '@shared/benchmark/preflight'
import { describeCommand } from '@shared/commands'
import { useQuery } from '@tanstack/react-query'
import { FileSearch, FolderOpen } from 'lucide-react'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { useDropTarget } from '../../scan/target/use-drop-target'
import { addModels, MOST_MODELS } from './draft'
import { ModelList } from './ModelList'
import { text } from './messages'
import { RecentModels } from './RecentModels'

const HostPicker = lazyComponent(
  async () => (await import('../../scan/target/HostPicker')).HostPicker,
)

interface ModelPickerProps {
  models: readonly string[]
  fits: readonly ModelFit[]
  onProblem: (problem: unknown) => void
}

/** Which models: by dialog or picker, by path, by drop, or from the last scans. */
export function ModelPicker({ models, fits, onProblem }: ModelPickerProps) {
  const info = useQuery(orpc.app.info.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  const [picking, setPicking] = useState<'folder' | 'files' | null>(null)
  const full = models.length >= MOST_MODELS
  useEffect(() => whenIdle(() => void HostPicker.preload()), [])

  const add = (paths: readonly string[]) => {
    setPicking(null)
    onProblem(addModels(paths) ? null : new Error(text.models.full(MOST_MODELS)))
  }
  const pick = async (want: 'folder' | 'files') => {
    if (!info.data?.dialogs) return setPicking(want)
    try {
      const { paths } = await client.files.choose({ kind: want === 'files' ? 'file' : 'folder' })
      if (paths.length > 0) add(paths)
    } catch (error) {
      onProblem(error)
    }
  }
  const dragged = useDropTarget((transfer) => {
    const paths = [...transfer.files].flatMap((file) => pathOfFile(file) ?? [])
    if (paths.length > 0) add(paths)
    else onProblem(new Error(text.problem.noPath))
  })
  useCommand('benchmark.choose', () => void pick('files'), !full)

  return (
    <SectionCard
      title={text.models.title}
      aside={<span className="text-faint text-small">{text.models.compared(models.length)}</span>}
      className={cx(dragged !== null && 'border-accent!')}
    >
      {models.length === 0 ? (
        <p className="border-line border-b px-3 py-3 text-muted">
          {text.models.none} {inElectron && text.models.drop}
        </p>
      ) : (
        <ModelList models={models} fits={fits} />
      )}
      <div className="flex flex-wrap items-center gap-2 p-3">
        <Button
          icon={<FileSearch aria-hidden="true" className="size-4" />}
          keys={describeCommand('benchmark.choose').keys?.[0]}
          disabledReason={full ? text.models.full(MOST_MODELS) : null}
          onClick={() => void pick('files')}
        >
          {text.models.file}
        </Button>
        <Button
          icon={<FolderOpen aria-hidden="true" className="size-4" />}
          disabledReason={full ? text.models.full(MOST_MODELS) : null}
          onClick={() => void pick('folder')}
        >
          {text.models.folder}
        </Button>
        <PathForm full={full} onAdd={(path) => add([path])} />
      </div>
      <RecentModels models={models} full={full} onAdd={add} onProblem={onProblem} />
      {picking && (
        <HostPicker
          want={picking}
          words={text.picker}
          onClose={() => setPicking(null)}
          onChosen={add}
        />
      )}
    </SectionCard>
  )
}

function PathForm({ full, onAdd }: { full: boolean; onAdd: (path: string) => void }) {
  const id = useId()
  const [typed, setTyped] = useState('')
  // Shells and file managers copy paths in quotes.
  const path = typed.trim().replace(/^(["'])(.*)\1$/, '$2')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (path === '' || full) return
    onAdd(path)
    setTyped('')
  }
  return (
    <form className="flex min-w-60 flex-1 items-center gap-2" onSubmit={submit}>
      <label htmlFor={id} className="sr-only">
        {text.models.path}
      </label>
      <TextField
        id={id}
        className="min-w-0 flex-1 font-mono text-code!"
        placeholder={text.models.placeholder}
        value={typed}
        maxLength={4096}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button
        type="submit"
        disabledReason={
          full ? text.models.full(MOST_MODELS) : path === '' ? text.models.pathEmpty : null
        }
      >
        {text.models.add}
      </Button>
    </form>
  )
}

import { orpc } from '@renderer/app/rpc'
import { Button, IconButton } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { ErrorState } from '@renderer/ui/ErrorState'
import { KeyHint } from '@renderer/ui/KeyHint'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { SearchField } from '@renderer/ui/TextField'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { text } from '../messages'
import { PickerList } from './PickerList'
import { baseName, type PickerRow, pickerRows } from './picker-entries'
import { problemText } from './problem'
import { useRoots } from './use-start-scan'

/** What choosing is for. */
export interface PickerWords {
  folder: string
  files: string
  takeFolder: (name: string) => string
  takeSelected: (n: number) => string
  /** One word for Ctrl+Enter. */
  verb: string
}

const TO_SCAN: PickerWords = {
  folder: text.picker.folder,
  files: text.picker.files,
  takeFolder: text.picker.scanFolder,
  takeSelected: text.picker.scanSelected,
  verb: text.path.scan,
}

interface HostPickerProps {
  want: 'folder' | 'files'
  words?: PickerWords
  onClose: () => void
  onChosen: (paths: string[]) => void
}

/**
 * Browses the disk of the console's host. Host and browser are on the same computer, so this is the
 * way that copies nothing. The field keeps the focus: arrows move, Enter opens or selects,
 * Backspace in the empty field goes up, and Ctrl+Enter takes what is chosen.
 */
export function HostPicker({ want, onClose, onChosen, words = TO_SCAN }: HostPickerProps) {
  const [path, setPath] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const [activeIndex, setActiveIndex] = useState(0)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const field = useRef<HTMLInputElement>(null)
  const listId = useId()
  const roots = useRoots()

  const query = useQuery(
    orpc.files.browse.queryOptions({
      input: path === null ? {} : { path },
      placeholderData: keepPreviousData,
      staleTime: 0,
    }),
  )
  const folder = query.data
  const rows = useMemo(() => pickerRows(folder?.entries ?? [], typed, want), [folder, typed, want])
  const active = Math.min(activeIndex, rows.length - 1)

  const open = (next: string | null) => {
    setPath(next)
    setTyped('')
    setActiveIndex(0)
    setSelected(new Set())
    field.current?.focus()
  }
  // With several roots, the list of them lies above each; a single root has nothing above it.
  const isTop = !folder || folder.path === null || (folder.parent === null && roots.length < 2)
  const up = () => {
    if (folder && !isTop) open(folder.parent)
  }
  const use = ({ entry, usable }: PickerRow) => {
    if (!usable) return
    if (entry.kind === 'folder') return open(entry.path)
    const next = new Set(selected)
    if (!next.delete(entry.path)) next.add(entry.path)
    setSelected(next)
    field.current?.focus()
  }

  const here = want === 'folder' ? (folder?.path ?? null) : null
  const paths = selected.size > 0 ? [...selected] : here === null ? [] : [here]
  const choose = () => {
    if (paths.length > 0) onChosen(paths)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    const act = (run: () => void) => {
      event.preventDefault()
      event.stopPropagation()
      run()
    }
    const row = rows[active]
    if (event.key === 'ArrowDown') act(() => setActiveIndex(Math.min(active + 1, rows.length - 1)))
    else if (event.key === 'ArrowUp') act(() => setActiveIndex(Math.max(active - 1, 0)))
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) act(choose)
    else if (event.key === 'Enter') act(() => row && use(row))
    else if (event.key === 'Backspace' && typed === '') act(up)
    else if (event.key === 'Escape' && typed !== '') act(() => setTyped(''))
  }

  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={want === 'folder' ? words.folder : words.files}
      description={text.picker.description}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{text.picker.cancel}</Button>
          <Button
            variant="primary"
            disabledReason={
              paths.length > 0
                ? null
                : want === 'folder'
                  ? text.picker.nothingSelected
                  : text.picker.noFileSelected
            }
            onClick={choose}
          >
            {selected.size > 0
              ? words.takeSelected(selected.size)
              : words.takeFolder(baseName(here ?? ''))}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <div className="flex items-center gap-2">
          <IconButton
            label={text.picker.up}
            size="normal"
            variant="secondary"
            icon={<ArrowUp aria-hidden="true" className="size-4" />}
            disabled={isTop}
            onClick={up}
          />
          <span
            className="min-w-0 flex-1 truncate font-medium"
            title={folder?.path ?? undefined}
            translate="no"
          >
            {folder?.path ?? text.picker.roots}
          </span>
        </div>
        <SearchField
          ref={field}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={rows[active] ? `${listId}-${active}` : undefined}
          aria-label={text.picker.filterHint}
          placeholder={text.picker.filterHint}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setActiveIndex(0)
          }}
          onKeyDown={onKeyDown}
        />
        <div className="h-[320px] overflow-hidden rounded-control border border-line">
          {query.isPending && <SkeletonRows rows={9} />}
          {query.error && (
            <ErrorState
              error={query.error}
              message={problemText(query.error, roots)}
              onRetry={() => void query.refetch()}
            />
          )}
          {folder && !query.error && (
            <PickerList
              id={listId}
              rows={rows}
              active={active}
              selected={selected}
              empty={folder.entries.length === 0 ? text.picker.empty : text.picker.nothing}
              onUse={use}
            />
          )}
        </div>
        <p className="flex items-center gap-3 text-faint text-small">
          {folder?.truncated && <span>{text.picker.truncated}</span>}
          <span className="ml-auto flex items-center gap-1">
            <KeyHint keys="mod+enter" /> {words.verb}
          </span>
        </p>
      </div>
    </Dialog>
  )
}

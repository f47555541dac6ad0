import { Autocomplete } from '@base-ui/react/autocomplete'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { cx } from '../../ui/cx'
import { KeyHint } from '../../ui/KeyHint'
import { overlay } from '../../ui/overlay'
import { RelativeTime } from '../../ui/RelativeTime'
import { VerdictIcon } from '../../ui/VerdictBadge'
import { openOverlay } from '../shell/layout'
import { type PaletteEntry, usePaletteEntries } from './entries'
import { text } from './messages'

/** Every command that does something now, and the stored reports, by typing. */
export function Palette() {
  const [open, setOpen] = useState(true)
  const [query, setQuery] = useState('')
  const chosen = useRef<(() => void) | null>(null)
  const groups = usePaletteEntries(query)
  const found = groups.reduce((sum, group) => sum + group.items.length, 0)

  useEffect(() => performance.mark('palette:open') && undefined, [])
  const choose = (entry: PaletteEntry) => {
    chosen.current = entry.run
    setOpen(false)
  }
  const onClosed = (isOpen: boolean) => {
    if (isOpen) return
    openOverlay.set('none')
    // After the dialog has given the focus back, so that a command may move it.
    setTimeout(() => chosen.current?.())
  }
  return (
    <CSPProvider disableStyleElements>
      <Dialog.Root open={open} onOpenChange={setOpen} onOpenChangeComplete={onClosed}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
          <Dialog.Popup
            aria-label={text.title}
            onKeyDown={(event) => {
              if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              setOpen(false)
            }}
            className="fixed top-[14vh] left-1/2 z-50 flex max-h-[min(480px,70vh)] w-150 max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden rounded-dialog border border-line bg-surface shadow-overlay outline-none"
          >
            <Autocomplete.Root
              inline
              open
              mode="none"
              autoHighlight="always"
              keepHighlight
              items={groups}
              value={query}
              onValueChange={setQuery}
              itemToStringValue={(entry: PaletteEntry) => entry.title}
            >
              <div className="flex items-center gap-2.5 border-b border-line px-4">
                <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
                <Autocomplete.Input
                  aria-label={text.title}
                  placeholder={text.placeholder}
                  className="h-11 min-w-0 flex-1 bg-transparent text-section outline-none"
                />
              </div>
              <Autocomplete.Status className="sr-only">{text.results(found)}</Autocomplete.Status>
              <Autocomplete.Empty>
                <p className="px-4 py-8 text-center text-muted empty:hidden">{text.empty(query)}</p>
              </Autocomplete.Empty>
              <Autocomplete.List className="min-h-0 scroll-py-8 overflow-y-auto p-1.5 empty:hidden">
                {(group: (typeof groups)[number]) => (
                  <Autocomplete.Group key={group.section} items={group.items}>
                    <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-meta font-medium text-muted">
                      {text.sections[group.section]}
                    </Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(entry: PaletteEntry) => (
                        <Entry key={entry.id} entry={entry} onChoose={choose} />
                      )}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
            <div className="flex items-center gap-4 border-t border-line px-4 py-1.5 text-meta text-muted">
              <Hint keys="arrowup+arrowdown" label={text.hint.move} />
              <Hint keys="enter" label={text.hint.open} />
              <Hint keys="escape" label={text.hint.close} />
            </div>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </CSPProvider>
  )
}

interface EntryProps {
  entry: PaletteEntry
  onChoose(entry: PaletteEntry): void
}

function Entry({ entry, onChoose }: EntryProps) {
  const { report } = entry
  return (
    <Autocomplete.Item
      value={entry}
      onClick={() => onChoose(entry)}
      className={cx(overlay.item, 'h-8! gap-2.5! px-2.5!')}
    >
      {report && <VerdictIcon verdict={report.verdict} className="text-muted" />}
      <span translate={report ? 'no' : undefined} className="min-w-0 flex-1 truncate">
        {entry.title}
      </span>
      {report && (
        <span className="text-small text-muted">
          {text.files(report.files)}, <RelativeTime date={report.startedAt} />
        </span>
      )}
      {entry.keys && <KeyHint keys={entry.keys} className="text-muted" />}
    </Autocomplete.Item>
  )
}

function Hint({ keys, label }: { keys: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <KeyHint keys={keys} />
      {label}
    </span>
  )
}

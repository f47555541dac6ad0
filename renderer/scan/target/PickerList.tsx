import { formatBytes } from '@renderer/app/intl'
import { cx } from '@renderer/ui/cx'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import type { FolderEntry } from '@shared/contract/files'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Check, File, FileQuestionMark, FileSymlink, Folder } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { text } from '../messages'
import type { PickerRow } from './picker-entries'

interface PickerListProps {
  id: string
  rows: readonly PickerRow[]
  active: number
  selected: ReadonlySet<string>
  empty: string
  onUse: (row: PickerRow) => void
}

const ROW_HEIGHT = 32
const ICONS: Record<FolderEntry['kind'], typeof Folder> = {
  folder: Folder,
  file: File,
  link: FileSymlink,
  other: FileQuestionMark,
}

/** Up to 5,000 entries; the field above has the focus and names the active one. */
export function PickerList({ id, rows, active, selected, empty, onUse }: PickerListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new place scrolls
  useLayoutEffect(() => {
    if (active >= 0) virtualizer.scrollToIndex(active)
  }, [active])

  return (
    <div ref={scroller} className="h-full overflow-y-auto" tabIndex={-1}>
      {rows.length === 0 && <p className="p-4 text-muted">{empty}</p>}
      <div
        id={id}
        role="listbox"
        aria-label={text.picker.list}
        aria-multiselectable="true"
        tabIndex={-1}
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          const { entry, usable } = row
          const chosen = selected.has(entry.path)
          const Icon = chosen ? Check : ICONS[entry.kind]
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
            <div
              key={entry.path}
              role="option"
              id={`${id}-${index}`}
              aria-selected={chosen}
              aria-disabled={!usable}
              aria-posinset={index + 1}
              aria-setsize={rows.length}
              title={usable ? entry.name : text.picker.unscannable}
              className={cx(
                'absolute inset-x-0 top-0 grid grid-cols-[16px_minmax(0,1fr)_72px_112px] items-center gap-2 px-3',
                index === active && 'bg-selected',
                usable ? 'cursor-pointer hover:bg-sunken' : 'text-muted',
              )}
              style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
              onClick={() => onUse(row)}
            >
              <Icon aria-hidden="true" className="size-4 text-muted" />
              <span className="truncate" translate="no">
                {entry.name}
              </span>
              <span className="text-end text-muted">
                {entry.bytes === null ? '' : formatBytes(entry.bytes)}
              </span>
              {entry.modifiedAt ? (
                <RelativeTime date={entry.modifiedAt} className="truncate text-end text-muted" />
              ) : (
                <span />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

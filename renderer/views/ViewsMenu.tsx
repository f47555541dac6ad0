import { Button } from '@renderer/ui/Button'
import { lazyComponent } from '@renderer/ui/lazy-component'
import { Menu, MenuItem } from '@renderer/ui/Menu'
import { Bookmark, BookmarkPlus, Check, Pencil } from 'lucide-react'
import { useState } from 'react'
import { text } from './messages'
import { useViews, type ViewPage } from './use-views'

const SaveView = lazyComponent(async () => (await import('./ViewDialogs')).SaveView)
const ManageViews = lazyComponent(async () => (await import('./ViewDialogs')).ManageViews)

interface ViewsMenuProps {
  page: ViewPage
  /** What is shown now, without what belongs to this one report or row. */
  search: Readonly<Record<string, unknown>>
  onApply: (search: Record<string, unknown>) => void
  /** The dialog is opened by a command too. */
  saving: boolean
  onSaving: (saving: boolean) => void
}

/** Filters under a name: choose one, keep the present ones, or put the list in order. */
export function ViewsMenu({ page, search, onApply, saving, onSaving }: ViewsMenuProps) {
  const views = useViews(page)
  const [managing, setManaging] = useState(false)
  const now = signature(search)
  const current = views.find((view) => signature(view.search) === now)
  const nothing = Object.keys(search).length === 0
  return (
    <>
      <Menu
        trigger={
          <Button
            size="small"
            variant="ghost"
            icon={<Bookmark aria-hidden="true" className="size-3.5" />}
            onFocus={() => void SaveView.preload()}
            onPointerEnter={() => void SaveView.preload()}
          >
            {current ? (
              <span className="max-w-40 truncate" translate="no">
                {current.name}
              </span>
            ) : (
              text.open
            )}
          </Button>
        }
      >
        {views.length === 0 && <p className="px-2 py-1 text-muted">{text.none}</p>}
        {views.map((view) => (
          <MenuItem
            key={view.id}
            icon={view === current ? <Check aria-hidden="true" /> : <span className="size-4" />}
            onSelect={() => onApply(view.search)}
          >
            <span className="block max-w-64 truncate" translate="no">
              {view.name}
            </span>
          </MenuItem>
        ))}
        <div className="my-1 border-line border-t" />
        <MenuItem
          icon={<BookmarkPlus aria-hidden="true" />}
          disabled={nothing}
          onSelect={() => onSaving(true)}
        >
          <span title={nothing ? text.nothingToSave : undefined}>{text.save}</span>
        </MenuItem>
        <MenuItem
          icon={<Pencil aria-hidden="true" />}
          disabled={views.length === 0}
          onSelect={() => setManaging(true)}
        >
          {text.manage}
        </MenuItem>
      </Menu>
      {saving && <SaveView page={page} search={search} onClose={() => onSaving(false)} />}
      {managing && <ManageViews page={page} views={views} onClose={() => setManaging(false)} />}
    </>
  )
}

/** The same for the same filters, in whatever order they were set. */
function signature(search: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(search).sort(([a], [b]) => (a < b ? -1 : 1)))
}

import { Button } from '@renderer/ui/Button'
import { text } from './detail-messages'

interface SelectionBarProps {
  chosen: number
  onDispose: () => void
  /** Absent where nothing of the selection is set aside. */
  onReopen: (() => void) | null
  onClear: () => void
}

/** In place of the footer while rows are selected, so that nothing of the list moves. */
export function SelectionBar({ chosen, onDispose, onReopen, onClear }: SelectionBarProps) {
  return (
    <div className="flex h-8 shrink-0 items-center gap-2 border-line border-t bg-selected pr-1 pl-3 text-small">
      <span role="status" className="font-medium">
        {text.selection.count(chosen)}
      </span>
      <span className="ml-auto flex gap-1">
        <Button size="small" variant="ghost" keys="escape" className="h-6!" onClick={onClear}>
          {text.selection.clear}
        </Button>
        {onReopen && (
          <Button size="small" className="h-6!" onClick={onReopen}>
            {text.selection.reopen}
          </Button>
        )}
        <Button size="small" variant="primary" keys="d" className="h-6!" onClick={onDispose}>
          {text.dispose}
        </Button>
      </span>
    </div>
  )
}

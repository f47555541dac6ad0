import { KeyHints } from '@renderer/ui/data-table/KeyHints'
import { text } from './messages'

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['/'], says: text.keys.filter },
]
const FINDING_HINTS = [
  ...HINTS,
  { keys: ['x'], says: text.keys.select },
  { keys: ['d'], says: text.keys.aside },
]

/** How much is shown, and the keys that work here. */
export function ListFooter({
  status,
  findingKeys = false,
}: {
  status: string
  findingKeys?: boolean
}) {
  return (
    <div className="flex h-8 shrink-0 items-center gap-4 overflow-hidden border-line border-t px-3 text-muted text-small">
      <span role="status" className="whitespace-nowrap">
        {status}
      </span>
      <KeyHints hints={findingKeys ? FINDING_HINTS : HINTS} />
    </div>
  )
}

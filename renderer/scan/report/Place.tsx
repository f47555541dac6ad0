import type { ReactNode } from 'react'
import { visible } from './evidence'

interface PlaceProps {
  path: string
  member: string | undefined
  /** Directly behind the name: the line. */
  at?: ReactNode
}

/** Name and member first, the folder behind them: what tells rows apart survives being cut off. */
export function Place({ path, member, at }: PlaceProps) {
  const shown = visible(path)
  const cut = shown.lastIndexOf('/')
  const inside = member ? ` › ${visible(member)}` : ''
  return (
    <span title={shown + inside} translate="no">
      {shown.slice(cut + 1)}
      {at && !inside && <span className="text-muted">{at}</span>}
      {inside && (
        <span className="text-muted">
          {inside}
          {at}
        </span>
      )}
      {cut > 0 && <span className="pl-1 text-muted text-small"> {shown.slice(0, cut)}</span>}
    </span>
  )
}

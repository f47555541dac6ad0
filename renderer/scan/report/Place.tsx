import { visible } from './evidence'

/** Name and member first, the folder behind them: what tells rows apart survives being cut off. */
export function Place({ path, member }: { path: string; member: string | undefined }) {
  const shown = visible(path)
  const cut = shown.lastIndexOf('/')
  const inside = member ? ` › ${visible(member)}` : ''
  return (
    <span title={shown + inside} translate="no">
      {shown.slice(cut + 1)}
      {inside && <span className="text-muted">{inside}</span>}
      {cut > 0 && <span className="pl-2 text-muted text-small">{shown.slice(0, cut)}</span>}
    </span>
  )
}

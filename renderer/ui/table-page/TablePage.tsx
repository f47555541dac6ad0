import type { ReactNode } from 'react'
import { Card } from '../Card'

interface TablePageProps {
  /** PageHeader, and whatever stands between it and the list. */
  head: ReactNode
  /** In place of the list where there is nothing to list yet. */
  empty?: ReactNode
  /** A TableList, in a card. */
  list?: ReactNode
  /** In place of the card: a list with its detail beside it. */
  body?: ReactNode
  /** Dialogs. */
  children?: ReactNode
}

/** A page that is one list: it fills the height, and scrolls inside. */
export function TablePage({ head, empty, list, body, children }: TablePageProps) {
  return (
    <div className="flex h-full min-h-[400px] flex-col gap-4 p-4">
      {head}
      {empty ? (
        <Card>{empty}</Card>
      ) : (
        (body ?? <Card className="flex min-h-0 flex-1 flex-col overflow-hidden">{list}</Card>)
      )}
      {children}
    </div>
  )
}

import type { KeyboardEvent, ReactNode, Ref } from 'react'

interface SplitPaneProps {
  list: ReactNode
  detail: ReactNode
  detailLabel: string
  detailRef: Ref<HTMLElement>
  /** Escape in the detail. */
  onLeaveDetail: () => void
}

/** List and detail side by side; below 960 px of width the detail comes under the list. */
export function SplitPane({ list, detail, detailLabel, detailRef, onLeaveDetail }: SplitPaneProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    onLeaveDetail()
  }
  return (
    <div className="@container flex min-h-0 flex-1">
      <div className="grid min-h-0 min-w-0 flex-1 grid-rows-[minmax(280px,1fr)_auto] gap-3 @min-[840px]:grid-cols-[minmax(0,1fr)_minmax(320px,34%)] @min-[840px]:grid-rows-1">
        <div className="@container/list flex min-h-0 min-w-0 flex-col overflow-hidden rounded-card border border-line bg-surface">
          {list}
        </div>
        <section
          ref={detailRef}
          aria-label={detailLabel}
          tabIndex={-1}
          className="min-h-0 min-w-0 overflow-y-auto rounded-card border border-line bg-surface p-4 focus-visible:border-accent"
          onKeyDown={onKeyDown}
        >
          {detail}
        </section>
      </div>
    </div>
  )
}

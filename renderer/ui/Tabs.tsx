import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { cx } from './cx'

export interface TabsProps<T extends string> {
  label: string
  value: T
  onChange(value: T): void
  tabs: readonly { value: T; label: string; aside?: ReactNode; panel: ReactNode }[]
  /** At the right end of the row of tabs: what acts on all of them. */
  aside?: ReactNode
  className?: string
}

/** How far a key moves among `count` tabs from `at`; the list does not wrap. */
function destination(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight') return Math.min(at + 1, count - 1)
  if (key === 'ArrowLeft') return Math.max(at - 1, 0)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return null
}

/** Written by hand: Base UI's would add 5 KB to the overlay chunk for the same behaviour. */
export function Tabs<T extends string>(props: TabsProps<T>) {
  const { label, value, onChange, tabs, aside, className } = props
  const id = useId()
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.value === value),
  )
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const to = destination(event.key, at, tabs.length)
    const tab = to === null ? undefined : tabs[to]
    if (!tab) return
    event.preventDefault()
    onChange(tab.value)
    document.getElementById(`${id}-${tab.value}`)?.focus()
  }
  return (
    <div className={className}>
      <div className="flex min-h-9 shrink-0 items-center gap-2 border-b border-line pr-1">
        <div
          role="tablist"
          aria-label={label}
          onKeyDown={onKeyDown}
          className="flex min-h-9 min-w-0 flex-1 gap-1 overflow-x-auto px-1"
        >
          {tabs.map((tab, index) => (
            <button
              key={tab.value}
              type="button"
              role="tab"
              id={`${id}-${tab.value}`}
              aria-selected={index === at}
              aria-controls={index === at ? `${id}-panel` : undefined}
              tabIndex={index === at ? 0 : -1}
              onClick={() => onChange(tab.value)}
              className={cx(
                'inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 whitespace-nowrap -outline-offset-2',
                index === at ? 'border-accent! font-medium' : 'text-muted hover:text-text',
              )}
            >
              {tab.label}
              {tab.aside}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tabs[at]?.value}`}
        className="min-h-0"
      >
        {tabs[at]?.panel}
      </div>
    </div>
  )
}

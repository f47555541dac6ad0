import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { cx } from '../ui/cx'
import { arrival } from './arrival'
import { text } from './messages'

export interface PageHeaderProps {
  title: string
  /** What the title names is data (a report's name), not a word of the console. */
  data?: boolean
  /** Beside the title: badges and facts in one line. */
  facts?: ReactNode
  /** At the right: buttons. */
  actions?: ReactNode
}

/**
 * The one h1 of a page. It names the tab, and after a navigation takes the focus, so that a screen
 * reader reads out where one has arrived and Tab goes on from there.
 */
export function PageHeader({ title, data = false, facts, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = text.titleOf(title)
  }, [title])
  useLayoutEffect(() => {
    const element = heading.current
    if (arrival.take()) element?.focus({ preventScroll: true })
    return () => {
      // A skeleton gives way to the page: its heading hands the focus on to the next.
      if (element === document.activeElement) arrival.expect()
    }
  }, [])
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
      <h1
        ref={heading}
        tabIndex={-1}
        translate={data ? 'no' : undefined}
        className="min-w-0 truncate text-page font-semibold"
      >
        {title}
      </h1>
      {facts}
      {actions && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  )
}

export interface PageProps {
  children: ReactNode
  /** The page fills the height and scrolls inside (tables); otherwise it scrolls as a whole. */
  fill?: boolean
  /** Reading width for forms and prose. */
  narrow?: boolean
}

/** Margins and rhythm that every page shares. */
export function Page({ children, fill = false, narrow = false }: PageProps) {
  return (
    <div
      className={cx(
        'flex flex-col gap-4 p-4',
        fill ? 'h-full min-h-0' : 'min-h-full',
        narrow && 'max-w-[880px]',
      )}
    >
      {children}
    </div>
  )
}

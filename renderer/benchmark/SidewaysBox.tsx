import type { ReactNode } from 'react'

interface SidewaysBoxProps {
  label: string
  className?: string
  children: ReactNode
}

/** What is wider than its place scrolls in here, by key too, and never the page. */
export function SidewaysBox({ label, className = '', children }: SidewaysBoxProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
      tabIndex={0}
      className={`overflow-x-auto ${className}`}
    >
      {children}
    </div>
  )
}

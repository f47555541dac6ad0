import type { ComponentProps, ReactNode } from 'react'
import { useId } from 'react'
import { cx } from './cx'

export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={cx('rounded-card border border-line bg-surface', className)} />
}

export interface SectionCardProps {
  title: string
  /** Right of the title: a note or a button. */
  aside?: ReactNode
  children: ReactNode
  className?: string
}

/** A card that is a named region, with its title in a 36 px bar. */
export function SectionCard({ title, aside, children, className }: SectionCardProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={cx('flex min-w-0 flex-col rounded-card border border-line bg-surface', className)}
    >
      <div className="flex min-h-9 items-center justify-between gap-2 border-b border-line px-3">
        <h2 id={id} className="text-body font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

import type { ReactNode } from 'react'

export function Field(props: { id: string; label: string; help?: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={props.id} className="font-medium text-small">
        {props.label}
      </label>
      {props.children}
      {props.help && (
        <p id={`${props.id}-help`} className="text-small text-muted">
          {props.help}
        </p>
      )}
    </div>
  )
}

/** The sentence of a refusal; what the server or the host wrote. */
export function Problem({ children }: { children: string | null }) {
  if (children === null) return null
  return (
    <p role="alert" translate="no" className="text-sev-critical-text wrap-anywhere">
      {children}
    </p>
  )
}

export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-4 border-line border-b px-3 py-2 last:border-0">
      <dt className="w-40 shrink-0 text-muted">{term}</dt>
      <dd className="min-w-0 flex-1 wrap-anywhere">{children}</dd>
    </div>
  )
}

/** Beside whatever belongs to the sample data: never to be taken for the real thing. */
export function Chip({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex h-5 shrink-0 items-center rounded-chip border border-line-strong px-1.5 text-meta text-muted">
      {children}
    </span>
  )
}

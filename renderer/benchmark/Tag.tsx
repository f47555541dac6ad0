/** A small word beside a name: baseline, reference. */
export function Tag({ children, title }: { children: string; title?: string }) {
  return (
    <span
      title={title}
      className="shrink-0 rounded-chip border border-line px-1 font-normal text-meta text-muted"
    >
      {children}
    </span>
  )
}

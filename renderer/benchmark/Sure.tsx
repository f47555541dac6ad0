interface SureProps {
  value: string
  /** Null where one launch or a metric without one says nothing about how sure it is. */
  interval: string | null
  title?: string
}

/** A number and how sure it is, in one line of a table. */
export function Sure({ value, interval, title }: SureProps) {
  return (
    <span className="tabular-nums" title={title}>
      <span className="font-semibold">{value}</span>
      {interval && <span className="ml-2 text-muted text-small">{interval}</span>}
    </span>
  )
}

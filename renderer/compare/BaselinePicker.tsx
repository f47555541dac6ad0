import { orpc } from '@renderer/app/rpc'
import { Select } from '@renderer/ui/Select'
import { verdictName } from '@renderer/ui/VerdictBadge'
import type { ReportRow } from '@shared/contract/scan'
import { useQuery } from '@tanstack/react-query'
import { text } from './messages'

/** Newest reports that are offered; an older one is chosen in History. */
const OFFERED = 200

interface BaselinePickerProps {
  /** The report that is "after". */
  current: ReportRow
  baselineId: string | null
  label: string
  onPick: (reportId: string) => void
}

/** Any other report as "before": those of the same delivery first. */
export function BaselinePicker({ current, baselineId, label, onPick }: BaselinePickerProps) {
  const series = useQuery(
    orpc.scan.history.queryOptions({ input: { limit: OFFERED, series: current.series } }),
  )
  const all = useQuery(orpc.scan.history.queryOptions({ input: { limit: OFFERED } }))
  const same = (series.data?.rows ?? []).filter(({ id }) => id !== current.id)
  const others = (all.data?.rows ?? []).filter(
    ({ id, series }) => id !== current.id && series !== current.series,
  )
  const earlier = same.filter(({ startedAt }) => startedAt <= current.startedAt)
  const later = same.filter(({ startedAt }) => startedAt > current.startedAt)
  const groups = [
    { label: text.sameSeries, rows: earlier },
    { label: text.laterSeries, rows: later },
    { label: text.others, rows: others },
  ].filter(({ rows }) => rows.length > 0)
  const known = groups.some(({ rows }) => rows.some(({ id }) => id === baselineId))
  if (all.data && groups.length === 0) return <p className="text-muted">{text.first.nothing}</p>
  return (
    <Select
      label={label}
      className="w-80 max-w-full"
      value={baselineId ?? ''}
      // One that was deleted or is older than what is offered still stands there as chosen.
      options={known ? [] : [{ value: baselineId ?? '', label }]}
      groups={groups.map(({ label, rows }) => ({
        label,
        options: rows.map((row) => ({ value: row.id as string, label: optionOf(row) })),
      }))}
      onChange={onPick}
    />
  )
}

const optionOf = (row: ReportRow) =>
  text.optionOf(row.name, row.startedAt, verdictName(row.verdict), row.grade)

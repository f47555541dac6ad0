import type { Evidence } from '@shared/benchmark/evidence'
import { Card } from '../ui/Card'
import { EvidenceChip } from './EvidenceChip'

interface FigureTileProps {
  title: string
  value: string
  /** How sure it is: an interval, or why there is none. */
  interval: string
  evidence: Evidence
}

/** One number of a result, its interval, and how far it can be believed. */
export function FigureTile({ title, value, interval, evidence }: FigureTileProps) {
  return (
    <Card className="flex min-w-0 flex-col gap-0.5 p-3">
      <div className="flex min-w-0 items-center justify-between gap-2">
        <h2 className="truncate text-muted text-small">{title}</h2>
        <EvidenceChip evidence={evidence} />
      </div>
      <p className="font-semibold text-figure tabular-nums">{value}</p>
      <p className="truncate text-muted text-small tabular-nums" title={interval}>
        {interval}
      </p>
    </Card>
  )
}

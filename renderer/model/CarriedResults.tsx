import { formatDateTime } from '@renderer/app/intl'
import { orpc } from '@renderer/app/rpc'
import { GradeTile } from '@renderer/ui/GradeTile'
import type { ResultId } from '@shared/benchmark/result-row'
import type { OfferedResult } from '@shared/contract/model'
import type { ReportId } from '@shared/scan-report/report-row'
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { EvidenceChip } from '../benchmark/EvidenceChip'
import { formatMeasured } from '../benchmark/format'
import { text as shared } from '../benchmark/messages'
import { text } from './messages'

interface Carried {
  /** Undefined until they are known. */
  offered: readonly OfferedResult[] | undefined
  chosen: ReadonlySet<ResultId>
  failed: boolean
  toggle(id: ResultId): void
  /** Those that are chosen, also when the form is sent before they are shown. Rejects where they cannot be had. */
  decide(): Promise<ResultId[]>
}

/** Results that a passport of this report may carry, and which it will. */
export function useCarriedResults(
  reportId: ReportId | undefined,
  wanted: readonly ResultId[] | undefined,
): Carried {
  const queries = useQueryClient()
  const query = useQuery(
    orpc.model.offered.queryOptions({ input: reportId === undefined ? skipToken : { reportId } }),
  )
  const [toggled, setToggled] = useState<ReadonlySet<ResultId>>(new Set())
  const isChosen = ({ row, chosen }: OfferedResult) =>
    (wanted?.includes(row.id) ?? chosen) !== toggled.has(row.id)
  const chosenOf = (offered: readonly OfferedResult[]) =>
    offered.filter(isChosen).map(({ row }) => row.id)
  return {
    offered: query.data,
    chosen: new Set(chosenOf(query.data ?? [])),
    failed: query.isError,
    async decide() {
      if (reportId === undefined) return []
      return chosenOf(
        await queries.ensureQueryData(orpc.model.offered.queryOptions({ input: { reportId } })),
      )
    },
    toggle: (id) => {
      const next = new Set(toggled)
      if (!next.delete(id)) next.add(id)
      setToggled(next)
    },
  }
}

export function CarriedResults({ offered, chosen, failed, toggle }: Omit<Carried, 'decide'>) {
  if (offered === undefined && !failed) return null
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="font-medium text-small">{text.create.results}</legend>
      <p className="text-muted text-small" role={failed ? 'alert' : undefined}>
        {failed
          ? text.create.resultsFailed
          : offered?.length === 0
            ? text.create.noResults
            : text.create.resultsWhy}
      </p>
      <ul className="flex max-h-40 flex-col gap-1 overflow-y-auto">
        {offered?.map(({ row }) => (
          <li key={row.id}>
            <label className="flex items-center gap-2">
              <input type="checkbox" checked={chosen.has(row.id)} onChange={() => toggle(row.id)} />
              <GradeTile grade={row.grade} size="small" />
              <span className="min-w-0 wrap-anywhere">
                {text.create.result(
                  row.suite.title,
                  row.suite.version,
                  shared.scenarios[row.scenario],
                  row.headline === null
                    ? ''
                    : `${shared.measures[row.headline.measure]} ${formatMeasured(row.headline.estimate, row.headline.unit)}`,
                  formatDateTime(row.startedAt),
                )}
              </span>
              <EvidenceChip evidence={row.evidence} />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

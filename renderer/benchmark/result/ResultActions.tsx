import { useCommand } from '@renderer/app/commands'
import { orpc } from '@renderer/app/rpc'
import { Button, IconButton } from '@renderer/ui/Button'
import type { ResultRow } from '@shared/benchmark/result-row'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { GitCompareArrows, History, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { MOST_COMPARED } from '../compare/compare-search'
import { ExportMenu } from '../ExportMenu'
import { RemoveResult } from '../list/RemoveResult'
import { text as shared } from '../messages'
import { saveExport } from '../save-export'
import { IssuePassport } from './IssuePassport'

export function ResultActions({ row, reportId }: { row: ResultRow; reportId: string | null }) {
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const siblings = useSiblings(row)
  const resultId = row.id
  const save = (format: 'json' | 'csv' | 'markdown') =>
    void saveExport({ format, what: { kind: 'result', resultId } })
  const history = () =>
    void navigate({ to: '/benchmarks/history/$resultId', params: { resultId }, search: {} })
  const compare = () =>
    void navigate({ to: '/benchmarks/compare', search: { of: siblings.join(',') } })

  useCommand('result.history', history)
  useCommand('result.compare', compare, siblings.length > 1)
  useCommand('result.export-json', () => save('json'))
  useCommand('result.export-csv', () => save('csv'))
  useCommand('result.export-markdown', () => save('markdown'))
  useCommand('result.remove', () => setAsking(true))
  return (
    <>
      <IconButton
        size="normal"
        label={shared.remove}
        icon={<Trash2 aria-hidden="true" className="size-4" />}
        onClick={() => setAsking(true)}
      />
      <IssuePassport row={row} reportId={reportId} />
      <ExportMenu onSave={save} />
      {siblings.length > 1 && (
        <Button
          keys="c"
          icon={<GitCompareArrows aria-hidden="true" className="size-4" />}
          onClick={compare}
        >
          {shared.compare}
        </Button>
      )}
      <Button keys="h" icon={<History aria-hidden="true" className="size-4" />} onClick={history}>
        {shared.history}
      </Button>
      <RemoveResult
        result={asking ? row : null}
        onClose={() => setAsking(false)}
        onRemoved={() => void navigate({ to: '/benchmarks', search: {} })}
      />
    </>
  )
}

/** Results of the same job, this one among them: they were interleaved, so they are pairs. */
function useSiblings(row: ResultRow): string[] {
  const { data } = useQuery(
    orpc.benchmark.results.queryOptions({
      input: { suiteId: row.suite.id, limit: 200 },
    }),
  )
  const models = (data?.rows ?? []).filter(
    ({ runId, role, scenario }) =>
      runId === row.runId && role === 'model' && scenario === row.scenario,
  )
  return models
    .map(({ id }) => id)
    .toReversed()
    .slice(0, MOST_COMPARED)
}

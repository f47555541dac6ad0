import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { VerdictIcon, verdictName } from '@renderer/ui/VerdictBadge'
import type { ReportRow } from '@shared/contract/scan'
import { useQuery } from '@tanstack/react-query'
import { text } from './messages'

const LOOKED_THROUGH = 50
const SHOWN = 5

interface RecentModelsProps {
  models: readonly string[]
  full: boolean
  onAdd: (paths: readonly string[]) => void
  onProblem: (problem: unknown) => void
}

/** The last scanned files and folders: most models that are measured were scanned just before. */
export function RecentModels({ models, full, onAdd, onProblem }: RecentModelsProps) {
  const { data } = useQuery(orpc.scan.history.queryOptions({ input: { limit: LOOKED_THROUGH } }))
  const rows = distinct(data?.rows ?? [])
  if (rows.length === 0) return null
  const add = async (row: ReportRow) => {
    try {
      // A row of History knows its name; only the report knows where it lies.
      const { report } = await client.scan.report({ reportId: row.id })
      onAdd(report.roots.filter((path) => !models.includes(path)))
    } catch (error) {
      onProblem(error)
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-1 border-line border-t px-3 py-1.5">
      <span className="mr-1 text-muted text-small">{text.models.recent}</span>
      {rows.map((row) => (
        <Button
          key={row.id}
          size="small"
          variant="ghost"
          disabled={full}
          aria-label={text.models.addNamed(row.name)}
          title={verdictName(row.verdict)}
          icon={<VerdictIcon verdict={row.verdict} size="size-3.5" />}
          onClick={() => void add(row)}
        >
          <span className="max-w-48 truncate" translate="no">
            {row.name}
          </span>
        </Button>
      ))}
    </div>
  )
}

function distinct(rows: readonly ReportRow[]): ReportRow[] {
  const seen = new Map<string, ReportRow>()
  for (const row of rows) {
    const onDisk = row.source === 'paths' || row.source === 'command-line'
    if (onDisk && !seen.has(row.name)) seen.set(row.name, row)
  }
  return [...seen.values()].slice(0, SHOWN)
}

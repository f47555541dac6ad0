import { describeError } from '@renderer/app/errors'
import { client, orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { notify } from '@renderer/ui/toast'
import type { ModelVersion } from '@shared/backend/listings'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Gauge } from 'lucide-react'
import { useState } from 'react'
import { ResultChoice } from '../ResultChoice'
import { SignCheck } from '../SignCheck'
import { sentNotice } from '../sent-notice'
import { text as signing } from '../sign-check-messages'
import { text } from './send-results-messages'

interface SendResultsProps {
  version: ModelVersion
  onClose: () => void
}

/** Results of the files of a version that this console has measured. */
export function SendResults({ version, onClose }: SendResultsProps) {
  const queries = useQueryClient()
  const hashes = version.files.map(({ sha256 }) => sha256)
  const query = useQuery(
    orpc.listings.offered.queryOptions({ input: { hashes, bytes: version.bytes } }),
  )
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [sign, setSign] = useState<boolean | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const { results: offered = [], reportId = null, key = false } = query.data ?? {}
  const signs = sign ?? key
  const chosen = offered
    .filter(({ row, chosen }) => chosen !== toggled.has(row.id))
    .map(({ row }) => row.id)
  const toggle = (id: string) => {
    const next = new Set(toggled)
    if (!next.delete(id)) next.add(id)
    setToggled(next)
  }
  const send = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const { ids, unsigned } = await client.listings.addResults({
        versionId: version.id,
        results: chosen,
        signBy: signs ? reportId : null,
      })
      await queries.invalidateQueries({ queryKey: orpc.listings.key() })
      notify(sentNotice(text.done(ids.length), unsigned))
      onClose()
    } catch (error) {
      setProblem(describeError(error).message)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      size="medium"
      onClose={onClose}
      title={text.title(version.number)}
      description={text.description}
      actions={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button
            variant="primary"
            disabled={busy}
            disabledReason={chosen.length === 0 ? text.none : null}
            onClick={() => void send()}
          >
            {busy ? text.sending : text.send(chosen.length)}
          </Button>
        </>
      }
    >
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <SkeletonRows rows={3} />
      ) : offered.length === 0 ? (
        <EmptyState
          icon={<Gauge aria-hidden="true" />}
          title={text.nothing}
          body={text.nothingBody}
          action={
            <Link to="/benchmarks/run" search={{}} className={buttonClass('primary')}>
              {text.run}
            </Link>
          }
        />
      ) : (
        <div className="flex flex-col gap-3 pt-1">
          <ul className="flex flex-col gap-1.5">
            {offered.map(({ row }) => (
              <li key={row.id}>
                <ResultChoice
                  row={row}
                  checked={chosen.includes(row.id)}
                  onToggle={() => toggle(row.id)}
                />
              </li>
            ))}
          </ul>
          {reportId === null ? (
            <p className="text-muted text-small">{signing.noScan}</p>
          ) : (
            <SignCheck hasKey={key} checked={signs} onChange={setSign} />
          )}
        </div>
      )}
      {problem !== null && (
        <p role="alert" className="mt-2 text-sev-critical-text wrap-anywhere" translate="no">
          {problem}
        </p>
      )}
    </Dialog>
  )
}

import { describeError } from '@renderer/app/errors'
import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { notify } from '@renderer/ui/toast'
import type { ModelVersion } from '@shared/backend/listings'
import type { ReportId } from '@shared/contract/scan'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { SignCheck } from '../SignCheck'
import { sentNotice } from '../sent-notice'
import { text } from './messages'
import { OutgoingList } from './OutgoingList'

interface SendScanProps {
  version: ModelVersion
  listingId: string
  reportId: ReportId
  onOther: () => void
}

/** A newer scan of the files of a version that is there. */
export function SendScan({ version, listingId, reportId, onOther }: SendScanProps) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const query = useQuery(orpc.listings.outgoing.queryOptions({ input: { reportId }, staleTime: 0 }))
  const [sign, setSign] = useState<boolean | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const send = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const { unsigned } = await client.listings.addReport({
        versionId: version.id,
        reportId,
        sign: signs,
      })
      await queries.invalidateQueries({ queryKey: orpc.listings.key() })
      notify(sentNotice(text.sentScan, unsigned))
      await navigate({ to: '/listings/$listingId/edit', params: { listingId } })
    } catch (error) {
      setProblem(describeError(error).message)
      setBusy(false)
    }
  }
  const signs = sign ?? query.data?.key ?? false
  const other = <Button onClick={onOther}>{text.other}</Button>
  if (query.error)
    return (
      <Card>
        <ErrorState
          error={query.error}
          title={text.outgoing.failed}
          onRetry={() => void query.refetch()}
          actions={other}
        />
      </Card>
    )
  if (query.data === undefined)
    return (
      <Card>
        <SkeletonRows rows={6} />
      </Card>
    )
  return (
    <>
      <Card className="p-3">
        <SignCheck scanOnly hasKey={query.data.key} checked={signs} onChange={setSign} />
      </Card>
      <OutgoingList outgoing={query.data} sign={signs} />
      {problem !== null && (
        <p role="alert" className="text-sev-critical-text wrap-anywhere">
          {text.problemScan}: {problem}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {other}
        <Button variant="primary" disabled={busy} onClick={() => void send()}>
          {busy ? text.submitting : text.submitScan}
        </Button>
      </div>
    </>
  )
}

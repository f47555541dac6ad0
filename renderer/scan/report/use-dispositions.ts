import { safe } from '@orpc/client'
import { useCommand } from '@renderer/app/commands'
import { describeError } from '@renderer/app/errors'
import { client, orpc } from '@renderer/app/rpc'
import { notify } from '@renderer/ui/toast'
import type { FindingFilter } from '@shared/contract/dispositions'
import type { Disposition } from '@shared/scan-report/disposition'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { z } from 'zod'
import { text } from './detail-messages'

export type Decision = Pick<Disposition, 'kind' | 'reason' | 'expires'>
export type Filter = z.input<typeof FindingFilter>

const NOTHING: readonly Disposition[] = []

/** What was decided about the findings of a report, and the way to decide and to take it back. */
export function useDispositions(reportId: string) {
  const queries = useQueryClient()
  const [last, setLast] = useState<string | null>(null)
  // Comparing 10,000 decisions deeply would cost a long task.
  const query = useQuery(
    orpc.dispositions.list.queryOptions({ input: { reportId }, structuralSharing: false }),
  )

  const refresh = useCallback(
    () =>
      Promise.all(
        [orpc.dispositions.key(), orpc.app.overview.key(), orpc.scan.security.key()].map(
          (queryKey) => queries.invalidateQueries({ queryKey }),
        ),
      ),
    [queries],
  )

  const undo = useCallback(
    async (operationId: string) => {
      setLast(null)
      const { error, data, isDefined } = await safe(client.dispositions.undo({ operationId }))
      await refresh()
      if (!error) {
        return notify({ title: text.undone(data.changed), key: 'disposition', tone: 'ok' })
      }
      const description =
        isDefined && error.code === 'CHANGED_SINCE'
          ? text.changedSince(error.data.findings)
          : describeError(error).message
      notify({ title: text.undoFailed, description, key: 'disposition', tone: 'error' })
    },
    [refresh],
  )

  /** Answers whether it was done. `decision: null` opens the findings again. */
  const apply = useCallback(
    async (filter: Filter, decision: Decision | null): Promise<boolean> => {
      const { error, data } = await safe(client.dispositions.apply({ reportId, filter, decision }))
      if (error) {
        const { message } = describeError(error)
        notify({ title: text.failed, description: message, key: 'disposition', tone: 'error' })
        return false
      }
      await refresh()
      setLast(data.operationId)
      notify({
        title: decision === null ? text.opened(data.changed) : text.done(data.changed),
        key: 'disposition',
        tone: 'ok',
        action: { label: text.undo, run: () => void undo(data.operationId) },
      })
      return true
    },
    [reportId, refresh, undo],
  )
  useCommand('report.undo', () => last !== null && void undo(last), last !== null)

  return {
    dispositions: query.data?.dispositions ?? NOTHING,
    /** Null while nothing is set aside, or the host has not answered. */
    effective: query.data && query.data.dispositions.length > 0 ? query.data.effective : null,
    apply,
  }
}
export type Dispositions = ReturnType<typeof useDispositions>

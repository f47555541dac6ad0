import { client, orpc } from '@renderer/app/rpc'
import { notify } from '@renderer/ui/toast'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { text } from '../messages'
import { problemText } from './problem'
import { type ScanRequest, startedScans } from './started-scans'

/** Folders that the page may browse; none where the operating system's dialog grants paths. */
export function useRoots(): readonly string[] {
  const { data } = useQuery(orpc.app.info.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  return data?.roots ?? NO_ROOTS
}
const NO_ROOTS: readonly string[] = []

/** Starts a scan and goes to it. A refusal is told in a notice, unless the caller shows it itself. */
export function useStartScan(onProblem?: (sentence: string) => void) {
  const navigate = useNavigate()
  const roots = useRoots()
  const [starting, setStarting] = useState(false)
  const run = useCallback(
    async (request: ScanRequest): Promise<void> => {
      setStarting(true)
      try {
        const { jobId } = await client.scan.start(request)
        startedScans.note(jobId, request)
        await navigate({ to: '/scan/running/$jobId', params: { jobId } })
      } catch (error) {
        const sentence = problemText(error, roots)
        if (onProblem) onProblem(sentence)
        else notify({ title: text.problem.title, description: sentence, tone: 'error' })
      } finally {
        setStarting(false)
      }
    },
    [navigate, roots, onProblem],
  )
  return { run, starting }
}

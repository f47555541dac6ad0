import { isDefinedError, safe } from '@orpc/client'
import { describeError } from '@renderer/app/errors'
import { client, type Errors, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Progress } from '@renderer/ui/Progress'
import { notify } from '@renderer/ui/toast'
import type { EngineState } from '@shared/contract/benchmark'
import { useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { text } from './messages'

/** Fetches an engine: its size is said before, its progress meanwhile. */
export function EngineInstall({ engine }: { engine: EngineState }) {
  const queries = useQueryClient()
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const { name, title, downloadBytes } = engine

  const install = async () => {
    setProgress({ done: 0, total: downloadBytes ?? 0 })
    const { error, data: events } = await safe(client.benchmark.installEngine({ engine: name }))
    const problem = error ?? (await follow(events))
    setProgress(null)
    if (problem === null) notify({ tone: 'ok', title: text.installed(title) })
    else notify({ tone: 'error', title: text.failed(title), description: reasonOf(problem) })
    await queries.invalidateQueries({ queryKey: orpc.benchmark.engines.key() })
    await queries.invalidateQueries({ queryKey: orpc.benchmark.preflight.key() })
  }
  type Events = Awaited<ReturnType<typeof client.benchmark.installEngine>>
  const follow = async (events: Events): Promise<unknown> => {
    try {
      for await (const event of events)
        if (event.type === 'progress')
          setProgress({ done: event.doneBytes, total: event.totalBytes })
      return null
    } catch (error) {
      return error
    }
  }

  if (progress !== null) {
    const share = progress.total > 0 ? progress.done / progress.total : null
    return (
      <span className="flex min-w-0 items-center gap-2">
        <Progress label={text.progress(title)} value={share} className="w-28" />
        <span role="status" className="text-muted text-small tabular-nums">
          {text.installing(progress.done, progress.total)}
        </span>
      </span>
    )
  }
  return (
    <Button
      size="small"
      aria-label={text.installNamed(text.install(downloadBytes), title)}
      icon={<Download aria-hidden="true" className="size-3.5" />}
      onClick={() => void install()}
    >
      {text.install(downloadBytes)}
    </Button>
  )
}

type Refusal = Errors<typeof client.benchmark.installEngine>
function reasonOf(problem: unknown): string {
  const refusal = problem as Refusal
  return isDefinedError(refusal) && refusal.code === 'ENGINE_NOT_INSTALLED'
    ? refusal.data.reason
    : describeError(problem).message
}

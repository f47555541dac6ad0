import { safe } from '@orpc/client'
import { describeError } from '@renderer/app/errors'
import { client } from '@renderer/app/rpc'
import { notify } from '@renderer/ui/toast'
import { useState } from 'react'
import { text } from '../messages'

/** Pauses a job, or lets it go on where it stopped. A refusal is told in a notice. */
export function usePause(jobId: string) {
  const [busy, setBusy] = useState(false)
  const pause = async () => {
    setBusy(true)
    const { error } = await safe(client.jobs.pause({ jobId }))
    setBusy(false)
    if (!error) return
    const description = describeError(error).message
    notify({ title: text.paused.failedToPause, description, tone: 'error' })
  }
  const resume = async () => {
    setBusy(true)
    const { error, isDefined } = await safe(client.jobs.resume({ jobId }))
    setBusy(false)
    if (!error) return
    const tooMany = isDefined && error.code === 'TOO_MANY_SCANS'
    notify({
      title: text.paused.failedToResume,
      description: tooMany
        ? text.problem.tooMany(error.data.running, error.data.limit)
        : describeError(error).message,
      tone: 'error',
    })
  }
  return { busy, pause: () => void pause(), resume: () => void resume() }
}

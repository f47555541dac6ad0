import { safe } from '@orpc/client'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { notify } from '../ui/toast'
import { describeError } from './errors'
import { text } from './messages'
import { client } from './rpc'

/** Scans the sample models that come with the console, and goes to the running scan. */
export function useStartSamples(): { start(): void; starting: boolean } {
  const navigate = useNavigate()
  const [starting, setStarting] = useState(false)
  const begin = async () => {
    setStarting(true)
    const { error, data, isDefined } = await safe(
      client.scan.start({ target: { kind: 'samples' } }),
    )
    setStarting(false)
    if (!error) return navigate({ to: '/scan/running/$jobId', params: { jobId: data.jobId } })
    const busy = isDefined && error.code === 'TOO_MANY_SCANS'
    notify({
      tone: 'error',
      title: text.samplesFailed,
      description: busy ? text.tooManyScans(error.data.running) : describeError(error).message,
    })
  }
  return { start: () => void begin(), starting }
}

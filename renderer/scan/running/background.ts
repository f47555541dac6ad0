import { client } from '@renderer/app/rpc'
import { notify } from '@renderer/ui/toast'
import { text } from '../messages'

const followed = new Map<string, AbortController>()

/** Tells how a scan ended whose page was left. Where the connection breaks, History still has it. */
export function followInBackground(
  jobId: string,
  title: string,
  onOpen: (reportId: string) => void,
): void {
  stopFollowing(jobId)
  const abort = new AbortController()
  followed.set(jobId, abort)
  void tellEnd(jobId, title, onOpen, abort.signal).finally(() => {
    if (followed.get(jobId) === abort) followed.delete(jobId)
  })
}

export function stopFollowing(jobId: string): void {
  followed.get(jobId)?.abort()
  followed.delete(jobId)
}

async function tellEnd(
  jobId: string,
  title: string,
  onOpen: (reportId: string) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const event of await client.scan.watch({ jobId }, { signal })) {
      if (signal.aborted) return
      if (event.type === 'done') {
        const { reportId } = event
        notify({
          title: text.background.done(title),
          tone: 'ok',
          action: {
            label: text.background.open,
            run: () => onOpen(reportId),
          },
        })
      } else if (event.type === 'failed') {
        const { message } = event
        notify({ title: text.background.failed(title), description: message, tone: 'error' })
      }
    }
  } catch {
    return
  }
}

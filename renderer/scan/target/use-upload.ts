import { client } from '@renderer/app/rpc'
import { hostFetch } from '@renderer/app/session'
import { notify } from '@renderer/ui/toast'
import { useCallback, useEffect, useRef, useState } from 'react'
import { text } from '../messages'
import { browserNotes } from './notes'
import { type Put, sendFiles } from './send-files'
import type { Picked } from './walk-entries'

export interface Upload {
  /** Null while folders are walked and the upload is announced. */
  receivedBytes: number | null
  totalBytes: number
  files: number
}

interface UploadOptions {
  /** All bytes have arrived. */
  onSent: (uploadId: string) => Promise<void>
  onProblem: (error: unknown) => void
}

/**
 * Sends what a browser handed over. What is shown is the host's own count of received bytes: a
 * browser counts what it put into its socket, which says little about what arrived.
 */
export function useUpload({ onSent, onProblem }: UploadOptions) {
  const [upload, setUpload] = useState<Upload | null>(null)
  const running = useRef<AbortController | null>(null)

  // Leaving the page gives the files up: the browser stops reading them then anyway.
  useEffect(() => () => running.current?.abort(), [])

  const run = useCallback(
    async (pick: (signal: AbortSignal) => Promise<Picked>, walked: boolean): Promise<void> => {
      running.current?.abort()
      const abort = new AbortController()
      const { signal } = abort
      running.current = abort
      let uploadId: string | null = null
      setUpload({ receivedBytes: null, totalBytes: 0, files: 0 })
      try {
        const picked = await pick(signal)
        if (picked.files.length === 0) throw new Error(text.problem.nothing)
        setUpload({ receivedBytes: null, totalBytes: picked.bytes, files: picked.files.length })
        const files = picked.files.map(({ path, file }) => ({ path, bytes: file.size }))
        const notes = browserNotes(picked, walked)
        uploadId = (await client.scan.beginUpload({ files, notes }, { signal })).uploadId
        void follow(uploadId, signal, setUpload)
        await sendFiles(picked.files, putTo(uploadId), signal)
        await onSent(uploadId)
      } catch (error) {
        if (uploadId) await client.scan.cancelUpload({ uploadId }).catch(() => null)
        if (!signal.aborted) onProblem(error)
      } finally {
        if (running.current === abort) {
          running.current = null
          setUpload(null)
        }
      }
    },
    [onSent, onProblem],
  )

  const cancel = useCallback(() => {
    running.current?.abort()
    notify({ title: text.upload.cancelled })
  }, [])
  return { upload, run, cancel }
}

function putTo(uploadId: string): Put {
  return async (index, file, signal) => {
    const path = `/upload/${uploadId}/${index}`
    const answer = await hostFetch(path, { method: 'PUT', body: file, signal })
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`)
  }
}

/** The count is for the eye only: if it breaks, the upload itself goes on. */
async function follow(
  uploadId: string,
  signal: AbortSignal,
  show: (upload: Upload) => void,
): Promise<void> {
  try {
    for await (const state of await client.scan.watchUpload({ uploadId }, { signal })) {
      if (signal.aborted) return
      show({
        receivedBytes: state.receivedBytes,
        totalBytes: state.totalBytes,
        files: state.files,
      })
    }
  } catch {
    return
  }
}

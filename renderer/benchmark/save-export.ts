import { describeError } from '@renderer/app/errors'
import { client } from '@renderer/app/rpc'
import { saveText } from '@renderer/ui/save-file'
import { notify } from '@renderer/ui/toast'
import { text } from './messages'

type Export = Parameters<typeof client.benchmark.export>[0]

/** Fetches an export from the host and hands it to the browser. */
export async function saveExport(request: Export): Promise<void> {
  try {
    const file = await client.benchmark.export(request)
    saveText(file.fileName, file.mediaType, file.text)
    notify({ title: text.exported(file.fileName), key: 'export', tone: 'ok' })
  } catch (error) {
    const { message } = describeError(error)
    notify({ title: text.exportFailed, description: message, key: 'export', tone: 'error' })
  }
}

import { describeError } from '@renderer/app/errors'
import { client } from '@renderer/app/rpc'
import { saveText } from '@renderer/ui/save-file'
import { notify } from '@renderer/ui/toast'
import type { PassportId } from '@shared/contract/model'
import { text } from './messages'

/** The bytes as they were signed. */
export async function savePassport(id: PassportId): Promise<void> {
  try {
    const { fileName, mediaType, text: bytes } = await client.model.export({ id })
    saveText(fileName, mediaType, bytes)
    notify({ title: text.page.saved(fileName), key: 'passport', tone: 'ok' })
  } catch (error) {
    failed(error)
  }
}

/** The one-file verifier, with the hash that a buyer can compare. */
export async function saveVerifier(): Promise<void> {
  try {
    const { fileName, mediaType, text: html, bytes, sha256 } = await client.model.verifier()
    saveText(fileName, mediaType, html)
    notify({
      title: text.verifierSaved(fileName, bytes),
      description: text.verifierHash(sha256),
      key: 'verifier',
      tone: 'ok',
    })
  } catch (error) {
    failed(error)
  }
}

function failed(error: unknown): void {
  notify({ title: text.saveFailed, description: describeError(error).message, tone: 'error' })
}

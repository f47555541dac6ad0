import { describeError } from '@renderer/app/errors'
import { client, orpc } from '@renderer/app/rpc'
import { notify } from '@renderer/ui/toast'
import type { Listing, ModelVersion } from '@shared/backend/listings'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { text as shared } from '../messages'
import { isOpen, type ShownGate } from './gates'
import { text } from './messages'
import type { Editor } from './use-editor'

interface PublishParts {
  listing: Listing | null
  version: ModelVersion | null
  editor: Pick<Editor, 'dirty'>
  check: { publishable: boolean } | undefined
  gates: readonly ShownGate[]
}

/** Publishing, and why it cannot be done now: the server decides, the page says it beforehand. */
export function usePublish({ listing, version, editor, check, gates }: PublishParts) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const sent = useRef<{ operationId: string; content: string } | null>(null)
  const reason = whyNot()

  function whyNot(): string | null {
    if (busy) return text.publish.busy
    if (listing === null || editor.dirty) return text.publish.saveFirst
    if (listing.state === 'restricted') return text.publish.restricted
    if (!listing.can.publish) return text.publish.notAllowed
    if (version === null) return text.publish.noVersion
    if (version.state === 'published' && listing.state === 'published')
      return text.publish.published
    if (check === undefined) return text.publish.checking
    if (check.publishable) return null
    return text.publish.notYet(
      gates.filter((gate) => !isOpen(gate)).map(({ gate }) => shared.gates[gate]),
    )
  }

  async function run(): Promise<void> {
    if (reason !== null || listing === null || version === null) return
    setBusy(true)
    const content = `${version.id} ${listing.revision}`
    if (sent.current?.content !== content)
      sent.current = { operationId: crypto.randomUUID(), content }
    try {
      await client.listings.publish({
        operationId: sent.current.operationId,
        versionId: version.id,
        revision: listing.revision,
      })
      notify({ title: text.publish.done(listing.card.name), tone: 'ok' })
    } catch (error) {
      // Refused is answered: another try is another operation.
      sent.current = null
      const description = describeError(error).message
      notify({ title: text.publish.failed, description, tone: 'error', key: 'listing-publish' })
    } finally {
      await queries.invalidateQueries({ queryKey: orpc.listings.key() })
      setBusy(false)
    }
  }
  return { reason, busy, run }
}

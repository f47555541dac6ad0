import { formatDateTime } from '@renderer/app/intl'
import type { Gate, Listing } from '@shared/backend/listings'
import { GATES, type GateName } from '@shared/backend/words'
import { text } from '../messages'

/** A gate as the checklist shows it; `waiting` is known once there is a version. */
export interface ShownGate {
  gate: GateName
  state: Gate['state'] | 'waiting'
  code: string | null
  sentence: string
  detail: Gate['detail']
}

/** What passes. */
export const isOpen = ({ state }: Pick<ShownGate, 'state'>) =>
  state === 'ok' || state === 'unmeasured'

/** In the order of the checklist; a gate that the server does not name is not shown as passed. */
export function shownGates(gates: readonly Gate[] | undefined, waiting: string): ShownGate[] {
  return GATES.map((name) => {
    const found = gates?.find(({ gate }) => gate === name)
    if (found === undefined)
      return { gate: name, state: 'waiting', code: null, sentence: waiting, detail: {} }
    const { gate, state, code, detail } = found
    return { gate, state, code, detail, sentence: sentenceOf(found) }
  })
}

function sentenceOf({ gate, state, code, detail }: Gate): string {
  if (code === null) return state === 'ok' ? text.gateOk[gate] : text.unknownReason(state)
  const reasons: Record<string, ((detail: Record<string, unknown>) => string) | undefined> =
    text.reasons
  return reasons[code]?.(readable(detail)) ?? text.unknownReason(code)
}

/** Moments as a person reads them. */
function readable(detail: Gate['detail']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [
      key,
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
        ? formatDateTime(new Date(value))
        : value,
    ]),
  )
}

/** The version that the page is about at first: the newest draft, else what is published. */
export function versionToPublish({ versions, currentVersionId }: Listing): string | null {
  const newest = versions.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
  return (
    newest.find(({ state }) => state === 'draft')?.id ?? currentVersionId ?? newest[0]?.id ?? null
  )
}

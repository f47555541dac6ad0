import type { FileResult, FromChild } from './protocol'

/** Facts of one message: a file with 20,000 of them must not stop the host's event loop. */
export const FACTS_PER_MESSAGE = 64

/**
 * The result of one file as a child says it: facts that do not fit into the last message first. Apart
 * from the protocol, whose schemas would bring zod into the child.
 */
export function resultMessages(id: number, result: FileResult): FromChild[] {
  const { facts } = result
  const last = facts.length - (facts.length % FACTS_PER_MESSAGE)
  const messages: FromChild[] = []
  for (let at = 0; at < last; at += FACTS_PER_MESSAGE)
    messages.push({ type: 'facts', id, facts: facts.slice(at, at + FACTS_PER_MESSAGE) })
  return [...messages, { type: 'scanned', id, ...result, facts: facts.slice(last) }]
}

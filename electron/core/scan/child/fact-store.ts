import type { Fact } from '@shared/scan-report/fact'

/** Kinds that list what is there: at most a third of the room, and what is beyond it is no loss. */
const LISTING = new Set<Fact['kind']>(['member', 'tensor', 'metadata'])

/** Lengths the report schema allows (shared/scan-report/fact.ts). */
const NAME_CHARACTERS = 1024
const EVIDENCE_CHARACTERS = 4096

export interface FactStore {
  /** Adds or counts. False when there was no room left for a fact that matters. */
  add(fact: Fact): boolean
  list(): Fact[]
}

export function createFactStore(limit: number): FactStore {
  const facts = new Map<string, Fact>()
  // Three groups, a third of the room each.
  const room = Math.floor(limit / 3)
  let listing = 0
  let imports = 0

  return {
    add(fact) {
      const clean = sanitise(fact)
      const { member, offset } = clean.location
      // Two broken headers at two places are two facts; two calls of one function are one.
      const where = clean.kind === 'structure' && clean.evidence === undefined ? offset : ''
      const key = JSON.stringify([clean.kind, clean.name, clean.evidence, member, where])
      const known = facts.get(key)
      if (known !== undefined) {
        known.count = (known.count ?? 1) + (clean.count ?? 1)
        return true
      }
      if (LISTING.has(clean.kind)) {
        if (listing >= room) return true
        listing++
      } else if (clean.kind === 'import') {
        // Junk imports can never push a call out: they have room of their own.
        if (imports >= room) return false
        imports++
      } else if (facts.size - listing - imports >= room) return false
      facts.set(key, clean)
      return true
    },
    list: () => [...facts.values()],
  }
}

/** Cuts a fact to what the host accepts: a message it must refuse would cost the whole child. */
function sanitise(fact: Fact): Fact {
  const { offset, line, column, ...location } = fact.location
  const clean: Fact = {
    ...fact,
    name: cut(fact.name, NAME_CHARACTERS),
    location: {
      ...location,
      ...(offset !== undefined && Number.isSafeInteger(offset) && offset >= 0 ? { offset } : {}),
      ...(line !== undefined && Number.isSafeInteger(line) && line > 0 ? { line } : {}),
      ...(column !== undefined && Number.isSafeInteger(column) && column > 0 ? { column } : {}),
    },
  }
  if (fact.evidence !== undefined) clean.evidence = cut(fact.evidence, EVIDENCE_CHARACTERS)
  if (fact.detail !== undefined)
    clean.detail = Object.fromEntries(
      Object.entries(fact.detail)
        .filter(([, value]) => typeof value !== 'number' || Number.isFinite(value))
        .map(([key, value]) => [
          key,
          typeof value === 'string' ? cut(value, EVIDENCE_CHARACTERS) : value,
        ]),
    )
  return clean
}

export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}

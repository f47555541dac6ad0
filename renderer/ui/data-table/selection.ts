/** Rows chosen for an action, beside the one active row. Ids of rows that are filtered away stay. */
export type Chosen = ReadonlySet<string>

export function toggled(chosen: Chosen, id: string): Chosen {
  const next = new Set(chosen)
  if (!next.delete(id)) next.add(id)
  return next
}

/** All rows between two places, both included, added to what is chosen. */
export function withRange(
  chosen: Chosen,
  ids: readonly string[],
  from: number,
  to: number,
): Chosen {
  const first = Math.max(0, Math.min(from, to))
  return new Set([...chosen, ...ids.slice(first, Math.max(from, to) + 1)])
}

/** The box of the header: chooses all that is shown, or, when it is chosen already, none of it. */
export function withAll(chosen: Chosen, ids: readonly string[]): Chosen {
  if (!ids.every((id) => chosen.has(id))) return new Set([...chosen, ...ids])
  const next = new Set(chosen)
  for (const id of ids) next.delete(id)
  return next
}

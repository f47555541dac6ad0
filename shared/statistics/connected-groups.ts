/** Numbers 0 … size − 1 in groups that links connect, each group ascending, by first member. */
export function connectedGroups(
  size: number,
  links: Iterable<readonly [number, number]>,
): number[][] {
  const parent = Array.from({ length: size }, (_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) {
      const up = parent[at] ?? at
      parent[at] = parent[up] ?? up
      at = up
    }
    return at
  }
  for (const [a, b] of links) parent[root(a)] = root(b)
  const groups = new Map<number, number[]>()
  for (let i = 0; i < size; i++) groups.set(root(i), [...(groups.get(root(i)) ?? []), i])
  return [...groups.values()]
}

/**
 * How well `query` fits `title`: 0 is not at all. Every word of the query must begin a word of the
 * title or occur in it; beginnings count more, and earlier words more than later ones.
 */
export function rank(title: string, query: string): number {
  const text = title.toLocaleLowerCase()
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return 1
  const own = text.split(/[^\p{L}\p{N}]+/u)
  let score = text.startsWith(words.join(' ')) ? 4 : 0
  for (const word of words) {
    const at = text.indexOf(word)
    if (at === -1) return 0
    const begins = own.some((title) => title.startsWith(word))
    score += (begins ? 2 : 0.5) + 1 / (2 + at)
  }
  return score
}

/** The fitting ones, best first; equals keep their order. */
export function ranked<T>(items: readonly T[], title: (item: T) => string, query: string): T[] {
  return items
    .map((item) => ({ item, score: rank(title(item), query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item)
}

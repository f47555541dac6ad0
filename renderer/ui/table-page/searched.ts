/**
 * The words that a table is searched for, as its address holds them: undefined where there are none.
 * A search that looks like a number comes out of the address as one.
 */
export function searched(value: unknown, most: number): string | undefined {
  const words = typeof value === 'number' ? String(value) : value
  return typeof words === 'string' && words !== '' ? words.slice(0, most) : undefined
}

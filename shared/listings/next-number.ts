/** The number after the highest there is; 1.0.0 for a first one. */
export function nextNumber(numbers: readonly string[]): string {
  const parsed = numbers.flatMap((number) => {
    const found = /^(\d+)\.(\d+)\.(\d+)/.exec(number)
    return found ? [[Number(found[1]), Number(found[2]), Number(found[3])] as const] : []
  })
  const [last] = parsed.toSorted((a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2])
  return last === undefined ? '1.0.0' : `${last[0]}.${last[1]}.${last[2] + 1}`
}

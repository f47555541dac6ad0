/**
 * Statistics are made of logarithms and gamma functions, whose last bits differ between JavaScript
 * engines. So a passport states them to 12 digits, and a stated number is right when it is such a
 * number and no further from the recomputed one than rounding and those bits explain.
 */
const DIGITS = 12

/** Every number of a document to 12 digits. Whole numbers stay as they are up to 10^12. */
export function rounded<T>(value: T): T {
  if (typeof value === 'number') return toDigits(value) as T
  if (Array.isArray(value)) return value.map(rounded) as T
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)])) as T
  return value
}

/** The recomputed document in 12 digits, with those stated numbers that are right in the place of its own. */
export function asStated<T>(stated: unknown, recomputed: T): T {
  if (typeof recomputed === 'number')
    return (isRight(stated, recomputed) ? stated : toDigits(recomputed)) as T
  if (Array.isArray(recomputed))
    return recomputed.map((part, at) =>
      asStated(Array.isArray(stated) ? stated[at] : undefined, part),
    ) as T
  if (typeof recomputed === 'object' && recomputed !== null) {
    const other = typeof stated === 'object' && stated !== null ? stated : {}
    return Object.fromEntries(
      Object.entries(recomputed).map(([key, part]) => [
        key,
        asStated(Object.hasOwn(other, key) ? other[key as keyof typeof other] : undefined, part),
      ]),
    ) as T
  }
  return recomputed
}

const toDigits = (value: number) => Number(value.toPrecision(DIGITS))

/** Half a unit of the last digit, and a hundredth of one where the last bits decided the rounding. */
function isRight(stated: unknown, recomputed: number): stated is number {
  if (typeof stated !== 'number' || Number.isInteger(recomputed)) return false
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(recomputed))) - DIGITS + 1)
  return toDigits(stated) === stated && Math.abs(stated - recomputed) <= 0.51 * unit
}

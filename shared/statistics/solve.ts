/**
 * The x in [low, high] where an increasing function reaches the target, to the last digit.
 *
 * Bisection: slower than Newton, and never wrong. The middle is the geometric one while the ends
 * are of unlike size, so a root at 1e−200 is found as exactly as one at 0.5.
 */
export function solveIncreasing(
  f: (x: number) => number,
  target: number,
  low: number,
  high: number,
): number {
  let left = low
  let right = high
  for (;;) {
    const middle = middleOf(left, right)
    if (middle <= left || middle >= right) return right
    if (f(middle) < target) left = middle
    else right = middle
  }
}

function middleOf(left: number, right: number): number {
  if (left === 0 && right > 1e-300) return right > 1e-3 ? right / 1024 : right ** 1.5
  if (left > 0 && right > 4 * left) return Math.sqrt(left) * Math.sqrt(right)
  return left + (right - left) / 2
}

/** The smallest whole number in [low, high] that passes a test which, once passed, stays passed. */
export function firstPassing(passes: (n: number) => boolean, low: number, high: number): number {
  let left = low
  let right = high
  while (left < right) {
    const middle = left + Math.floor((right - left) / 2)
    if (passes(middle)) right = middle
    else left = middle + 1
  }
  return left
}

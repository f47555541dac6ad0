const HALF_LOG_TWO_PI = 0.9189385332046727
const ONE_MINUS_EULER = 0.4227843350984671

/** ζ(k) − 1 for k = 2 … 29: the series of ln Γ at 2. */
const ZETA_MINUS_ONE = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993,
  0.01734306198444914, 0.008349277381922827, 0.00407735619794434, 0.0020083928260822143,
  0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
  6.124813505870483e-5, 3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6,
  3.81729326499984e-6, 1.908212716553939e-6, 9.539620338727962e-7, 4.769329867878064e-7,
  2.38450502727733e-7, 1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8,
  1.4901554828365043e-8, 7.45071178983543e-9, 3.725334024788457e-9, 1.862659723513049e-9,
]

/** Coefficients of x^−13, x^−11, … x^−1: B(2k) / (2k (2k − 1)), the next would be below 1e−19. */
const STIRLING = [1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12]

/**
 * Stirling's error: ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π, for x > 0. What is left of a
 * factorial once its large part is taken away; computed without that part, so it loses nothing.
 * Asymptotic series: DLMF 5.11.1.
 */
export function stirlingError(x: number): number {
  if (x < 16) return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI
  const square = x * x
  let sum = 0
  for (const coefficient of STIRLING) sum = coefficient + sum / square
  return sum / x
}

/** ln Γ(2 + z) for |z| <= ½. DLMF 5.7.3. */
function logGammaNearTwo(z: number): number {
  let sum = 0
  for (let k = ZETA_MINUS_ONE.length + 1; k >= 2; k--)
    sum = sum * -z + (ZETA_MINUS_ONE[k - 2] ?? 0) / k
  return ONE_MINUS_EULER * z + z * z * sum
}

/**
 * ln Γ(x) for x > 0, also accurate near its zeros at 1 and 2.
 * @throws RangeError for x <= 0 or NaN.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`ln Γ is needed at ${x}; here it is defined above 0 only.`)
  if (x < 0.5) return logGamma(x + 1) - Math.log(x)
  if (x < 1.5) return logGammaNearTwo(x - 1) - Math.log1p(x - 1)
  if (x <= 2.5) return logGammaNearTwo(x - 2)
  if (x < 17) {
    let product = 1
    let shifted = x
    while (shifted > 2.5) {
      shifted -= 1
      product *= shifted
    }
    return Math.log(product) + logGammaNearTwo(shifted - 2)
  }
  const below = x - 1
  return (below + 0.5) * Math.log(below) - below + HALF_LOG_TWO_PI + stirlingError(below)
}

/**
 * x ln(x/m) + m − x without cancellation for x near m.
 * C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000), `bd0`.
 */
export function devianceTerm(x: number, m: number): number {
  if (x === 0) return m
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const v = (x - m) / (x + m)
  let sum = (x - m) * v
  let term = 2 * x * v
  for (let j = 3; ; j += 2) {
    term *= v * v
    const next = sum + term / j
    if (next === sum) return sum
    sum = next
  }
}

/** e^−m m^x / Γ(x + 1), also for fractional x: the Poisson mass. Loader (2000). */
export function poissonMass(x: number, m: number): number {
  if (m === 0) return x === 0 ? 1 : 0
  if (x === 0) return Math.exp(-m)
  if (x < 1e-2) return Math.exp(x * Math.log(m) - m - logGamma(x + 1))
  return Math.exp(-stirlingError(x) - devianceTerm(x, m)) / Math.sqrt(2 * Math.PI * x)
}

/**
 * Γ(n+1) / (Γ(x+1) Γ(n−x+1)) p^x q^(n−x), also for fractional x and n: the binomial mass.
 * `q` is 1 − p, given apart so that a tiny one keeps its digits. Loader (2000).
 */
export function binomialMass(x: number, n: number, p: number, q = 1 - p): number {
  const rest = n - x
  if (p === 0) return x === 0 ? 1 : 0
  if (q === 0) return rest === 0 ? 1 : 0
  if (x === 0) return Math.exp(n * (p < q ? Math.log1p(-p) : Math.log(q)))
  if (rest === 0) return Math.exp(n * (q < p ? Math.log1p(-q) : Math.log(p)))
  if (x < 1e-2 || rest < 1e-2)
    return Math.exp(
      logGamma(n + 1) - logGamma(x + 1) - logGamma(rest + 1) + x * Math.log(p) + rest * Math.log(q),
    )
  return (
    Math.exp(
      stirlingError(n) -
        stirlingError(x) -
        stirlingError(rest) -
        devianceTerm(x, n * p) -
        devianceTerm(rest, n * q),
    ) * Math.sqrt(n / (2 * Math.PI * x * rest))
  )
}

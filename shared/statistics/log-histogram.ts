import { nearestRank } from './quantile'
import { checkCount, checkFraction } from './sample'

/** As JSON: counts by bucket number, in ascending order. */
export interface LogHistogramData {
  relativeError: number
  zeros: number
  buckets: [bucket: number, count: number][]
}

/**
 * A histogram of non-negative numbers with buckets of equal ratio: any quantile comes back within
 * `relativeError`, over any range, in a few kilobytes. Buckets as in DDSketch (Masson, Rim and
 * Lee 2019): bucket i holds (γ^(i−1), γ^i] with γ = (1 + e)/(1 − e) and answers 2γ^i/(γ + 1).
 */
export class LogHistogram {
  readonly relativeError: number
  readonly #gamma: number
  readonly #logGamma: number
  readonly #counts = new Map<number, number>()
  #zeros = 0
  #count = 0

  constructor(relativeError = 0.005) {
    checkFraction(relativeError, 'The relative error of a histogram')
    this.relativeError = relativeError
    this.#gamma = (1 + relativeError) / (1 - relativeError)
    this.#logGamma = Math.log(this.#gamma)
  }

  get count(): number {
    return this.#count
  }

  /** @throws RangeError for a negative number, NaN or an infinity. */
  add(value: number, times = 1): void {
    checkCount(times, 'The number of times a value was seen')
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
      throw new RangeError(`A histogram was given ${value}; it holds finite numbers from 0 up.`)
    this.#count += times
    if (value === 0) this.#zeros += times
    else this.#put(Math.ceil(Math.log(value) / this.#logGamma), times)
  }

  /** @throws RangeError when the other histogram has buckets of another width. */
  merge(other: LogHistogram): void {
    if (other.relativeError !== this.relativeError)
      throw new RangeError(
        `Histograms with errors ${this.relativeError} and ${other.relativeError} cannot be merged.`,
      )
    for (const [bucket, count] of other.#counts) this.#put(bucket, count)
    this.#zeros += other.#zeros
    this.#count += other.#count
  }

  /** The value of nearest rank p, within the relative error. @throws RangeError when empty. */
  quantile(p: number): number {
    if (this.#count === 0) throw new RangeError('An empty histogram has no quantiles.')
    if (!(p >= 0 && p <= 1)) throw new RangeError(`A quantile is asked at ${p}; use 0 to 1.`)
    const rank = nearestRank(this.#count, p) + 1
    let seen = this.#zeros
    if (seen >= rank) return 0
    for (const [bucket, count] of this.#ordered()) {
      seen += count
      if (seen >= rank) return (2 * this.#gamma ** bucket) / (this.#gamma + 1)
    }
    throw new RangeError('The counts of a histogram do not add up.')
  }

  toJSON(): LogHistogramData {
    return { relativeError: this.relativeError, zeros: this.#zeros, buckets: this.#ordered() }
  }

  static from(data: LogHistogramData): LogHistogram {
    const histogram = new LogHistogram(data.relativeError)
    histogram.add(0, data.zeros)
    for (const [bucket, count] of data.buckets) {
      checkCount(count, 'The count of a bucket', 1)
      histogram.#put(bucket, count)
      histogram.#count += count
    }
    return histogram
  }

  #put(bucket: number, times: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + times)
  }

  #ordered(): [bucket: number, count: number][] {
    return [...this.#counts].sort(([a], [b]) => a - b)
  }
}

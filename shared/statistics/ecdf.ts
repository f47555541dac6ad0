import { ascending, checkCount, checkFraction, checkSample, type Sample } from './sample'

/** One step of an empirical distribution function: `share` of the numbers are <= `value`. */
export interface EcdfStep {
  value: number
  share: number
}

/** The empirical distribution function, one step for each different value, from low to high. */
export function ecdf(sample: Sample): EcdfStep[] {
  checkSample(sample, 'The sample')
  const steps: EcdfStep[] = []
  ascending(sample).forEach((value, i) => {
    const last = steps.at(-1)
    const share = (i + 1) / sample.length
    if (last?.value === value) last.share = share
    else steps.push({ value, share })
  })
  return steps
}

/** Half the width that a band around an ECDF needs to hold with the confidence (DKW, Massart 1990). */
export function ecdfBand(count: number, confidence = 0.95): number {
  checkCount(count, 'The number of values', 1)
  checkFraction(confidence, 'The confidence')
  return Math.sqrt(Math.log(2 / (1 - confidence)) / (2 * count))
}

import type { Random } from '@shared/statistics/random'

export const RATE = 16_000
export const FRAME = 512
const LARGEST = 32_767

/** Middle frequencies of the first three formants of five vowels, Hz (Peterson and Barney 1952, men). */
const VOWELS = [
  [270, 2290, 3010],
  [530, 1840, 2480],
  [730, 1090, 2440],
  [570, 840, 2410],
  [300, 870, 2240],
] as const

/**
 * A frame of 32 ms, 16-bit samples. Speech is a voice that glides, through the formants of a vowel, over some noise; what is not
 * is noise of several colours, hum of the mains, clicks or next to nothing. Synthetic: nobody said it.
 */
export function drawFrame(speech: boolean, random: Random): Int16Array {
  const noise = colouredNoise(random)
  const floor = 0.02 * random.uniform()
  const sound = speech ? voice(random) : background(random)
  const level = (speech ? 0.03 : 0.02) + 0.3 * random.uniform() ** 2
  return Int16Array.from(sound, (value, i) => {
    const sample = level * value + floor * (noise[i] ?? 0)
    return Math.round(LARGEST * Math.max(-1, Math.min(1, sample)))
  })
}

function voice(random: Random): Float64Array {
  const formants = VOWELS[random.integer(0, VOWELS.length - 1)] ?? VOWELS[0]
  const pitch = 85 + 170 * random.uniform()
  const glide = 1 + 0.15 * random.normal()
  const breath = 0.3 * random.uniform()
  const phases = Array.from({ length: 40 }, () => 2 * Math.PI * random.uniform())
  const noise = colouredNoise(random)
  return Float64Array.from({ length: FRAME }, (_, i) => {
    const time = i / RATE
    const turns = pitch * time * (1 + ((glide - 1) * i) / FRAME)
    let value = breath * (noise[i] ?? 0)
    for (let harmonic = 1; harmonic * pitch < 4000 && harmonic <= phases.length; harmonic++)
      value +=
        gain(harmonic * pitch, formants) *
        Math.sin(2 * Math.PI * harmonic * turns + (phases[harmonic - 1] ?? 0))
    return value
  })
}

/** A resonance at each formant, and less towards high frequencies. */
function gain(frequency: number, formants: readonly number[]): number {
  const resonance = formants.reduce(
    (sum, middle) => sum + 1 / (1 + ((frequency - middle) / (60 + 0.05 * middle)) ** 2),
    0.02,
  )
  return resonance / (1 + frequency / 800)
}

function background(random: Random): Float64Array {
  const kind = random.integer(0, 3)
  const noise = colouredNoise(random)
  if (kind === 0) return noise
  if (kind === 1) {
    const mains = random.integer(0, 1) === 0 ? 50 : 60
    const phase = 2 * Math.PI * random.uniform()
    return noise.map((value, i) => {
      const angle = (2 * Math.PI * mains * i) / RATE + phase
      return 0.1 * value + Math.sin(angle) + 0.4 * Math.sin(3 * angle)
    })
  }
  if (kind === 2) {
    const at = random.integer(0, FRAME - 64)
    return noise.map((value, i) => 0.05 * value + (i >= at ? value * Math.exp((at - i) / 24) : 0))
  }
  return noise.map((value) => 0.05 * value)
}

/** White noise through one pole: from hiss to rumble. */
function colouredNoise(random: Random): Float64Array {
  const pole = 0.95 * random.uniform()
  let value = 0
  return Float64Array.from({ length: FRAME }, () => {
    value = pole * value + (1 - pole) * random.normal()
    return value
  })
}

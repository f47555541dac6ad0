import type { Random } from '@shared/statistics/random'

export type Stroke = readonly (readonly [x: number, y: number])[]

/** Strokes of the ten digits in a square of 1 by 1, as lines from point to point. */
export const DIGIT_STROKES: readonly (readonly Stroke[])[] = [
  [ring(0.5, 0.5, 0.26, 0.4)],
  [
    [
      [0.32, 0.28],
      [0.54, 0.1],
      [0.54, 0.9],
    ],
  ],
  [[...arc(0.5, 0.32, 0.25, 0.22, -170, 40), [0.27, 0.9], [0.76, 0.9]]],
  [[...arc(0.48, 0.3, 0.24, 0.2, -150, 90), ...arc(0.48, 0.7, 0.27, 0.21, -90, 150)]],
  [
    [
      [0.66, 0.9],
      [0.66, 0.1],
      [0.24, 0.64],
      [0.8, 0.64],
    ],
  ],
  [[[0.74, 0.1], [0.34, 0.1], [0.3, 0.47], ...arc(0.49, 0.66, 0.26, 0.24, -120, 140)]],
  [[[0.66, 0.1], [0.36, 0.45], ...arc(0.5, 0.66, 0.24, 0.24, 180, 540)]],
  [
    [
      [0.24, 0.1],
      [0.77, 0.1],
      [0.42, 0.9],
    ],
  ],
  [ring(0.5, 0.29, 0.2, 0.19), ring(0.5, 0.69, 0.25, 0.21)],
  [[...arc(0.5, 0.34, 0.24, 0.24, 0, 360), [0.72, 0.4], [0.62, 0.9]]],
]

export function arc(
  x: number,
  y: number,
  radiusX: number,
  radiusY: number,
  from: number,
  to: number,
) {
  const steps = 14
  return Array.from({ length: steps + 1 }, (_, i): [number, number] => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)]
  })
}

export function ring(x: number, y: number, radiusX: number, radiusY: number) {
  return arc(x, y, radiusX, radiusY, 0, 360)
}

export const SIDE = 16

/**
 * A digit as a shaky hand would draw it, SIDE × SIDE gray values 0 … 255: turned, slanted, stretched, moved, with a
 * pen of some width and grain of the paper. Nobody wrote it: it is synthetic, and says so wherever it is used.
 */
export function drawDigit(digit: number, random: Random): Uint8Array {
  const angle = 0.2 * random.normal()
  const slant = 0.22 * random.normal()
  const [width, height] = [1 + 0.13 * random.normal(), 1 + 0.1 * random.normal()]
  const [moveX, moveY] = [0.055 * random.normal(), 0.055 * random.normal()]
  const pen = 0.055 + 0.03 * random.uniform()
  const wobble = 0.024
  const strokes = (DIGIT_STROKES[digit] ?? []).map((stroke) =>
    stroke.map(([x, y]): [number, number] => {
      const [u, v] = [(x - 0.5) * width + slant * (0.5 - y), (y - 0.5) * height]
      return [
        0.5 + moveX + u * Math.cos(angle) - v * Math.sin(angle) + wobble * random.normal(),
        0.5 + moveY + u * Math.sin(angle) + v * Math.cos(angle) + wobble * random.normal(),
      ]
    }),
  )
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [((i % SIDE) + 0.5) / SIDE, (Math.floor(i / SIDE) + 0.5) / SIDE]
    const ink = 1 - Math.max(0, distance(strokes, x, y) - pen) / 0.06
    return Math.round(Math.min(255, Math.max(0, 235 * ink + 24 * random.normal())))
  })
}

/** From a point to the nearest line of any stroke. */
export function distance(strokes: readonly Stroke[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY
  for (const stroke of strokes)
    for (let i = 1; i < stroke.length; i++) {
      const [ax, ay] = stroke[i - 1] ?? [0, 0]
      const [bx, by] = stroke[i] ?? [0, 0]
      const length = (bx - ax) ** 2 + (by - ay) ** 2
      const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
      const part = Math.min(1, Math.max(0, along))
      nearest = Math.min(nearest, Math.hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay)))
    }
  return nearest
}

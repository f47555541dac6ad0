import type { Random } from '@shared/statistics/random'
import { arc, DIGIT_STROKES, distance, ring, type Stroke } from './digits'

/** Capital letters in a square of 1 by 1. */
const LETTER_STROKES: Readonly<Record<string, readonly Stroke[]>> = {
  A: [
    [
      [0.2, 0.9],
      [0.5, 0.1],
      [0.8, 0.9],
    ],
    [
      [0.32, 0.6],
      [0.68, 0.6],
    ],
  ],
  B: [
    [[0.28, 0.1], ...arc(0.48, 0.3, 0.24, 0.2, -90, 90), [0.28, 0.5]],
    [[0.28, 0.1], [0.28, 0.9], ...arc(0.5, 0.7, 0.27, 0.2, 90, -90)],
  ],
  C: [arc(0.55, 0.5, 0.3, 0.4, -50, -310)],
  D: [[[0.26, 0.9], [0.26, 0.1], ...arc(0.4, 0.5, 0.36, 0.4, -90, 90), [0.26, 0.9]]],
  E: [
    [
      [0.76, 0.1],
      [0.28, 0.1],
      [0.28, 0.9],
      [0.78, 0.9],
    ],
    [
      [0.28, 0.5],
      [0.68, 0.5],
    ],
  ],
  F: [
    [
      [0.76, 0.1],
      [0.28, 0.1],
      [0.28, 0.9],
    ],
    [
      [0.28, 0.5],
      [0.66, 0.5],
    ],
  ],
  G: [[...arc(0.52, 0.5, 0.3, 0.4, -50, -330), [0.78, 0.54], [0.56, 0.54]]],
  H: [
    [
      [0.25, 0.1],
      [0.25, 0.9],
    ],
    [
      [0.75, 0.1],
      [0.75, 0.9],
    ],
    [
      [0.25, 0.5],
      [0.75, 0.5],
    ],
  ],
  I: [
    [
      [0.5, 0.1],
      [0.5, 0.9],
    ],
  ],
  J: [[[0.68, 0.1], [0.68, 0.66], ...arc(0.48, 0.68, 0.2, 0.22, 0, 170)]],
  K: [
    [
      [0.28, 0.1],
      [0.28, 0.9],
    ],
    [
      [0.76, 0.1],
      [0.3, 0.54],
    ],
    [
      [0.42, 0.44],
      [0.78, 0.9],
    ],
  ],
  L: [
    [
      [0.3, 0.1],
      [0.3, 0.9],
      [0.76, 0.9],
    ],
  ],
  M: [
    [
      [0.18, 0.9],
      [0.22, 0.1],
      [0.5, 0.62],
      [0.78, 0.1],
      [0.82, 0.9],
    ],
  ],
  N: [
    [
      [0.25, 0.9],
      [0.25, 0.1],
      [0.75, 0.9],
      [0.75, 0.1],
    ],
  ],
  O: [ring(0.5, 0.5, 0.32, 0.4)],
  P: [[[0.28, 0.9], [0.28, 0.1], ...arc(0.48, 0.32, 0.26, 0.22, -90, 90), [0.28, 0.54]]],
  Q: [
    ring(0.5, 0.48, 0.32, 0.38),
    [
      [0.56, 0.66],
      [0.82, 0.94],
    ],
  ],
  R: [
    [[0.28, 0.9], [0.28, 0.1], ...arc(0.48, 0.32, 0.26, 0.22, -90, 90), [0.28, 0.54]],
    [
      [0.46, 0.54],
      [0.78, 0.9],
    ],
  ],
  S: [[...arc(0.5, 0.3, 0.25, 0.2, -30, -270), ...arc(0.5, 0.7, 0.26, 0.2, -90, 150)]],
  T: [
    [
      [0.18, 0.1],
      [0.82, 0.1],
    ],
    [
      [0.5, 0.1],
      [0.5, 0.9],
    ],
  ],
  U: [[[0.24, 0.1], [0.24, 0.6], ...arc(0.5, 0.62, 0.26, 0.28, 180, 0), [0.76, 0.1]]],
  V: [
    [
      [0.2, 0.1],
      [0.5, 0.9],
      [0.8, 0.1],
    ],
  ],
  W: [
    [
      [0.12, 0.1],
      [0.3, 0.9],
      [0.5, 0.36],
      [0.7, 0.9],
      [0.88, 0.1],
    ],
  ],
  X: [
    [
      [0.22, 0.1],
      [0.78, 0.9],
    ],
    [
      [0.78, 0.1],
      [0.22, 0.9],
    ],
  ],
  Y: [
    [
      [0.2, 0.1],
      [0.5, 0.5],
      [0.8, 0.1],
    ],
    [
      [0.5, 0.5],
      [0.5, 0.9],
    ],
  ],
  Z: [
    [
      [0.22, 0.1],
      [0.78, 0.1],
      [0.22, 0.9],
      [0.78, 0.9],
    ],
  ],
}

/** 0 and 1 look like O and I in half of all fonts: they are left out. */
const GLYPHS: Readonly<Record<string, readonly Stroke[]>> = {
  ...Object.fromEntries(DIGIT_STROKES.slice(2).map((strokes, i) => [String(i + 2), strokes])),
  ...LETTER_STROKES,
}

/** In the order of the model's answers. */
export const CHARACTERS = Object.keys(GLYPHS)

export interface Font {
  name: string
  /** Half the width of a line, in squares. */
  pen: number
  width: number
  /** Of the upright, to the right. */
  slant: number
  /** Length of the bars across the ends of lines; 0 for none. */
  serif: number
}

export const FONTS: readonly Font[] = [
  { name: 'sans', pen: 0.045, width: 1, slant: 0, serif: 0 },
  { name: 'light', pen: 0.02, width: 1, slant: 0, serif: 0 },
  { name: 'bold', pen: 0.08, width: 1, slant: 0, serif: 0 },
  { name: 'italic', pen: 0.04, width: 0.95, slant: 0.28, serif: 0 },
  { name: 'condensed', pen: 0.045, width: 0.72, slant: 0, serif: 0 },
  { name: 'serif', pen: 0.035, width: 1, slant: 0, serif: 0.14 },
]

/** Not like any of the others, and in no training data. */
export const UNSEEN_FONT: Font = {
  name: 'slanted serif',
  pen: 0.055,
  width: 0.84,
  slant: 0.16,
  serif: 0.11,
}

export const CHARACTER_SIDE = 16
/** Gray values are 0 (ink) to 15 (paper): a scan does not have more that matter. */
export const GRAYS = 15

/** A character as a scanner sees it: turned a little, moved, out of focus, on paper that is not quite white, with dust. */
export function drawCharacter(character: string, font: Font, random: Random): Uint8Array {
  const angle = 0.05 * random.normal()
  const size = 1 + 0.06 * random.normal()
  const [moveX, moveY] = [0.04 * random.normal(), 0.04 * random.normal()]
  const focus = 0.05 + 0.07 * random.uniform()
  const paper = 0.8 + 0.2 * random.uniform()
  const ink = 0.05 + 0.25 * random.uniform()
  const shade = 0.12 * random.normal()
  const pen = font.pen * (1 + 0.15 * random.normal())
  const strokes = setIn(GLYPHS[character] ?? [], font).map((stroke) =>
    stroke.map(([x, y]): [number, number] => {
      const [u, v] = [size * (x - 0.5), size * (y - 0.5)]
      return [
        0.5 + moveX + u * Math.cos(angle) - v * Math.sin(angle),
        0.5 + moveY + u * Math.sin(angle) + v * Math.cos(angle),
      ]
    }),
  )
  return Uint8Array.from({ length: CHARACTER_SIDE ** 2 }, (_, i) => {
    const x = ((i % CHARACTER_SIDE) + 0.5) / CHARACTER_SIDE
    const y = (Math.floor(i / CHARACTER_SIDE) + 0.5) / CHARACTER_SIDE
    const covered = Math.min(1, Math.max(0, 1 - (distance(strokes, x, y) - pen) / focus))
    const dust = random.uniform() < 0.01 ? -0.5 * random.uniform() : 0
    const ground = paper + shade * (x - 0.5) + dust
    const value = ground + (ink - ground) * covered + 0.05 * random.normal()
    return Math.round(GRAYS * Math.min(1, Math.max(0, value)))
  })
}

function setIn(strokes: readonly Stroke[], { width, slant, serif }: Font): Stroke[] {
  const set = strokes.map((stroke) =>
    stroke.map(([x, y]): [number, number] => [0.5 + (x - 0.5) * width + slant * (0.5 - y), y]),
  )
  if (serif === 0) return set
  const bars = set.flatMap((stroke) => {
    const ends = [stroke[0], stroke.at(-1)].filter((end) => end !== undefined)
    // A closed line has no ends.
    const [first, last] = ends
    if (first === undefined || last === undefined) return []
    if (Math.hypot(first[0] - last[0], first[1] - last[1]) < 0.01) return []
    return ends.map(
      ([x, y]): Stroke => [
        [x - serif / 2, y],
        [x + serif / 2, y],
      ],
    )
  })
  return [...set, ...bars]
}

/** Colour arithmetic for the token test. Channels are 0..1. */
type Rgb = [number, number, number]
export type Vision = 'normal' | 'protan' | 'deutan' | 'tritan'
export const VISIONS: readonly Vision[] = ['normal', 'protan', 'deutan', 'tritan']

const channels = (hex: string): Rgb => {
  const n = Number.parseInt(hex.slice(1), 16)
  return [((n >> 16) & 255) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255]
}

/** sRGB to linear light, IEC 61966-2-1. */
const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
const linearRgb = (hex: string): Rgb => {
  const [r, g, b] = channels(hex)
  return [linear(r), linear(g), linear(b)]
}

function times([a, b, c]: readonly [Rgb, Rgb, Rgb], v: Rgb): Rgb {
  const dot = (row: Rgb) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]
  return [dot(a), dot(b), dot(c)]
}

/** Relative luminance and contrast ratio, WCAG 2.2. */
const luminance = (hex: string) => {
  const [r, g, b] = linearRgb(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/**
 * Machado, Oliveira, Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision
 * Deficiency", severity 1.0, applied to linear RGB.
 */
const MACHADO: Record<Exclude<Vision, 'normal'>, [Rgb, Rgb, Rgb]> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** Ottosson 2020, https://bottosson.github.io/posts/oklab/ */
const TO_LMS: [Rgb, Rgb, Rgb] = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
]
const TO_LAB: [Rgb, Rgb, Rgb] = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
]

function oklab(hex: string, vision: Vision): Rgb {
  const rgb = linearRgb(hex)
  const seen = vision === 'normal' ? rgb : times(MACHADO[vision], rgb)
  const clamped = seen.map((c) => Math.min(1, Math.max(0, c))) as Rgb
  return times(TO_LAB, times(TO_LMS, clamped).map(Math.cbrt) as Rgb)
}

/** Distance in OKLab, times 100: about 2 is just noticeable, below 9 two marks get confused. */
export function distance(one: string, other: string, vision: Vision): number {
  const a = oklab(one, vision)
  const b = oklab(other, vision)
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

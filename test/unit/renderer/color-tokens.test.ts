import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contrast, distance, VISIONS } from './color'

const css = readFileSync(resolve(import.meta.dirname, '../../../renderer/app/tokens.css'), 'utf8')

/** Every `--name: light-dark(#light, #dark)` of tokens.css. */
const tokens = new Map<string, { light: string; dark: string }>()
for (const [, name = '', light = '', dark = ''] of css.matchAll(
  /--([a-z0-9-]+): light-dark\((#[0-9a-f]{6,8}), (#[0-9a-f]{6,8})\)/g,
)) {
  tokens.set(name, { light, dark })
}

const THEMES = ['light', 'dark'] as const
type Theme = (typeof THEMES)[number]
const color = (name: string, theme: Theme): string => {
  const token = tokens.get(name)
  if (!token) throw new Error(`tokens.css has no --${name}`)
  return token[theme]
}

const SURFACES = ['canvas', 'surface', 'sunken']
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info']
const GRADES = ['a', 'b', 'c', 'd', 'f'].map((letter) => `grade-${letter}`)
const SERIES = [1, 2, 3, 4, 5, 6].map((n) => `chart-${n}`)
const TEXTS = [
  'text',
  'muted',
  'faint',
  'accent',
  'ok',
  ...SEVERITIES.map((name) => `${name}-text`),
  ...GRADES.map((name) => `${name}-text`),
]
const FILLS = [
  'line-strong',
  ...SEVERITIES.map((name) => `${name}-fill`),
  ...GRADES.map((name) => `${name}-fill`),
  ...SERIES,
]
/** Text on something else than a plain surface. */
const PAIRS: [text: string, ground: string][] = [
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['text', 'selected'],
  ['muted', 'selected'],
  ['accent', 'selected'],
  ['ok', 'ok-tint'],
  // The banner of a lost connection.
  ['text', 'high-tint'],
  ['muted', 'high-tint'],
  ...SEVERITIES.map((name): [string, string] => [`${name}-text`, `${name}-tint`]),
  ...SEVERITIES.map((name): [string, string] => [`${name}-text`, 'selected']),
]

describe.each(THEMES)('the %s theme', (theme) => {
  test.each(TEXTS)('%s is readable on every surface', (name) => {
    for (const surface of SURFACES) {
      expect(contrast(color(name, theme), color(surface, theme)), surface).toBeGreaterThanOrEqual(
        4.5,
      )
    }
  })

  test.each(FILLS)('%s stands out from every surface', (name) => {
    for (const surface of SURFACES) {
      expect(contrast(color(name, theme), color(surface, theme)), surface).toBeGreaterThanOrEqual(3)
    }
  })

  test.each(PAIRS)('%s is readable on %s', (text, ground) => {
    expect(contrast(color(text, theme), color(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  test.each([
    ['severities', SEVERITIES.map((name) => `${name}-fill`)],
    ['grades', GRADES.map((name) => `${name}-fill`)],
    ['chart series', SERIES],
  ])('any two %s can be told apart, colour-blind or not', (_, names) => {
    for (const vision of VISIONS) {
      names.forEach((one, at) => {
        for (const other of names.slice(at + 1)) {
          const apart = distance(color(one, theme), color(other, theme), vision)
          expect(apart, `${one} and ${other}, ${vision}`).toBeGreaterThanOrEqual(9)
        }
      })
    }
  })
})

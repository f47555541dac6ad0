import { describe, expect, test } from 'vitest'
import { wrap } from '../../../electron/cli/output/wrap'

const words = 'Environment variables are sent over the network: requests.post(address)'

describe('a sentence on a terminal', () => {
  test('is broken between words, and goes on below where it began', () => {
    const lines = `${' '.repeat(4)}${wrap(words, 50, 4)}`.split('\n')
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(50)
      expect(line).toMatch(/^ {4}\S/)
    }
    expect(lines.map((line) => line.trim()).join(' ')).toBe(words)
  })
  test('leaves room on its first line for what stands there already', () => {
    expect(wrap('one two', 50, 4, 45)).toBe('one\n    two')
  })
  test('keeps a path whole', () => {
    const path = `/models/${'a'.repeat(80)}`
    expect(wrap(`in ${path} now`, 50, 0)).toBe(`in\n${path}\nnow`)
  })
  test('is left alone in a pipe, and on a terminal of a few columns', () => {
    expect(wrap(words, Number.POSITIVE_INFINITY, 11)).toBe(words)
    expect(wrap(words, 30, 11)).toBe(words)
  })
})

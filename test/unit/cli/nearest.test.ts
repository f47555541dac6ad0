import { expect, test } from 'vitest'
import { nearest } from '../../../electron/cli/nearest'

const COMMANDS = ['scan', 'compare', 'rules', 'doctor']

test.each([
  ['scna', 'scan'],
  ['scans', 'scan'],
  ['comprae', 'compare'],
  ['docto', 'doctor'],
  ['explode', undefined],
  ['', undefined],
])('%j was meant to be %s', (word, meant) => {
  expect(nearest(word, COMMANDS)).toBe(meant)
})

import { COMMAND_IDS, type CommandId, describeCommand } from '@shared/commands'
import { describe, expect, test } from 'vitest'
import {
  availableCommands,
  isAvailable,
  registerCommand,
  runCommand,
} from '../../../renderer/app/commands'
import { matchStroke, strokeOf } from '../../../renderer/app/keys/strokes'

const bound = COMMAND_IDS.flatMap((id) =>
  (describeCommand(id).keys ?? []).map((keys) => ({ id, keys, scope: describeCommand(id).scope })),
)

/** A table is part of the report and of the history; all else has a page of its own. */
const LIVE_TOGETHER = [
  ['everywhere', 'scan'],
  ['everywhere', 'running'],
  ['everywhere', 'report', 'table'],
  ['everywhere', 'history', 'table'],
  ['everywhere', 'compare', 'table'],
  ['everywhere', 'passports', 'table'],
  ['everywhere', 'passport'],
  ['everywhere', 'benchmarks', 'table'],
  ['everywhere', 'benchmark-run'],
  ['everywhere', 'benchmark-running'],
  ['everywhere', 'result'],
  ['everywhere', 'listing-editor'],
  ['everywhere', 'listings', 'table'],
  ['everywhere', 'model'],
  ['everywhere', 'people', 'table'],
  ['everywhere', 'limits', 'table'],
]

describe('the list of commands', () => {
  test.each(LIVE_TOGETHER)('binds no key twice where %s and %s are live', (...scopes) => {
    const live = bound.filter(({ scope }) => scopes.includes(scope))
    const taken = new Map<string, CommandId>()
    for (const { id, keys } of live) {
      expect(taken.get(keys), `${keys} of ${id}`).toBeUndefined()
      taken.set(keys, id)
    }
  })

  test('starts chords with a key that does nothing alone', () => {
    const first = bound
      .filter(({ keys }) => keys.includes(' '))
      .map(({ keys }) => keys.split(' ')[0])
    for (const start of first) expect(bound.map(({ keys }) => keys)).not.toContain(start)
  })

  test('has titles that differ', () => {
    const titles = COMMAND_IDS.map((id) => describeCommand(id).title)
    expect(new Set(titles).size).toBe(titles.length)
  })
})

describe('a registered command', () => {
  test('is available until it is taken away', () => {
    const stop = registerCommand('scan.cancel', { run: () => undefined })
    expect(availableCommands()).toEqual(['scan.cancel'])
    stop()
    expect(isAvailable('scan.cancel')).toBe(false)
  })

  test('runs the latest behaviour, and the one before once that is gone', () => {
    const ran: string[] = []
    const stopOuter = registerCommand('scan.cancel', { run: () => ran.push('outer') })
    const stopInner = registerCommand('scan.cancel', { run: () => ran.push('inner') })
    runCommand('scan.cancel')
    stopInner()
    runCommand('scan.cancel')
    stopOuter()
    expect(runCommand('scan.cancel')).toBe(false)
    expect(ran).toEqual(['inner', 'outer'])
  })
})

describe('a key press', () => {
  const press = (key: string, held: Partial<Parameters<typeof strokeOf>[0]> = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    altGraph: false,
    ...held,
  })

  test.each([
    ['Ctrl+K is mod+k', press('k', { ctrlKey: true }), false, 'mod+k'],
    ['Cmd+K is mod+k on macOS', press('k', { metaKey: true }), true, 'mod+k'],
    ['Ctrl+K is not mod+k on macOS', press('k', { ctrlKey: true }), true, 'ctrl+k'],
    ['Shift+J is told from j', press('J', { shiftKey: true }), false, 'shift+j'],
    ['a sign is itself however it is written', press('?', { shiftKey: true }), false, '?'],
    [
      'AltGr writes a sign',
      press('/', { ctrlKey: true, altKey: true, altGraph: true }),
      false,
      '/',
    ],
    ['Alt+J is not j', press('j', { altKey: true }), false, 'alt+j'],
    ['Shift alone is nothing', press('Shift', { shiftKey: true }), false, null],
  ])('%s', (_, pressed, apple, stroke) => {
    expect(strokeOf(pressed, apple)).toBe(stroke)
  })

  const bindings = new Map([
    ['g o', 'overview'],
    ['g s', 'scan'],
    ['o', 'open'],
  ])

  test('waits for the second stroke of a chord', () => {
    expect(matchStroke(bindings, null, 'g')).toEqual({ kind: 'wait', prefix: 'g' })
    expect(matchStroke(bindings, 'g', 'o')).toEqual({ kind: 'run', id: 'overview' })
  })

  test('counts alone when it completes no chord', () => {
    expect(matchStroke(bindings, null, 'o')).toEqual({ kind: 'run', id: 'open' })
    expect(matchStroke(bindings, 'g', 'g')).toEqual({ kind: 'wait', prefix: 'g' })
    expect(matchStroke(bindings, 'g', 'x')).toEqual({ kind: 'none' })
  })
})

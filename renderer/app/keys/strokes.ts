/** What a key press is called in shared/commands.ts. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  /** AltGr: how several keyboard layouts write '/' or '?'. Windows reports it as Ctrl+Alt. */
  altGraph: boolean
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead'])

/**
 * 'mod+k', 'shift+j', '?', 'enter'; null for a modifier alone. `mod` is Ctrl, on macOS Cmd. For a
 * sign the Shift that it took to write it does not count: '?' is '?' on every layout.
 */
export function strokeOf(press: KeyPress, apple: boolean): string | null {
  if (MODIFIERS.has(press.key)) return null
  const key = press.key === ' ' ? 'space' : press.key.toLowerCase()
  const plain = press.altGraph
  const sign = key.length === 1 && key.toUpperCase() === key
  const parts: string[] = []
  if ((apple ? press.metaKey : press.ctrlKey) && !plain) parts.push('mod')
  if ((apple ? press.ctrlKey : press.metaKey) && !plain) parts.push(apple ? 'ctrl' : 'meta')
  if (press.altKey && !plain) parts.push('alt')
  if (press.shiftKey && (!sign || parts.includes('mod'))) parts.push('shift')
  return [...parts, key].join('+')
}

export type Match<Id> =
  | { kind: 'run'; id: Id }
  /** The first stroke of a chord; wait for the next. */
  | { kind: 'wait'; prefix: string }
  | { kind: 'none' }

/** Finds what a stroke means after `prefix`. A stroke that does not complete a chord counts alone. */
export function matchStroke<Id>(
  bindings: ReadonlyMap<string, Id>,
  prefix: string | null,
  stroke: string,
): Match<Id> {
  const chord = prefix === null ? undefined : bindings.get(`${prefix} ${stroke}`)
  if (chord !== undefined) return { kind: 'run', id: chord }
  const alone = bindings.get(stroke)
  if (alone !== undefined) return { kind: 'run', id: alone }
  for (const keys of bindings.keys()) {
    if (keys.startsWith(`${stroke} `)) return { kind: 'wait', prefix: stroke }
  }
  return { kind: 'none' }
}

import { type CommandId, describeCommand } from '@shared/commands'
import { availableCommands, runCommand } from '../commands'
import { matchStroke, strokeOf } from './strokes'

/** After this long without a second stroke, a chord is forgotten. */
const CHORD_MS = 1200

const NOT_TYPED_INTO = new Set(['button', 'checkbox', 'color', 'file', 'radio', 'range', 'submit'])

function isTypedInto(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NOT_TYPED_INTO.has(target.type)
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLElement && target.isContentEditable
}

/** What lies over the page has its own keys; the page below must not act. */
const OVERLAY = ['dialog', 'alertdialog', 'menu', 'listbox']
  .map((role) => `[role="${role}"][data-open]`)
  .join(',')

function bindings(): Map<string, CommandId> {
  const map = new Map<string, CommandId>()
  for (const id of availableCommands()) {
    for (const keys of describeCommand(id).keys ?? []) map.set(keys, id)
  }
  return map
}

/** The one listener of the page for the keys of commands. */
export function listenToKeys(): () => void {
  const apple = /Mac|iPhone|iPad/.test(navigator.platform)
  let prefix: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const stroke = strokeOf(
      {
        key: event.key,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        altKey: event.altKey,
        shiftKey: event.shiftKey,
        altGraph: event.getModifierState('AltGraph'),
      },
      apple,
    )
    if (stroke === null) return
    if (isTypedInto(event.target) && !stroke.startsWith('mod+')) return
    if (document.querySelector(OVERLAY)) return
    const match = matchStroke(bindings(), prefix, stroke)
    clearTimeout(timer)
    prefix = null
    if (match.kind === 'none') return
    event.preventDefault()
    if (match.kind === 'run') {
      runCommand(match.id)
      return
    }
    prefix = match.prefix
    timer = setTimeout(() => {
      prefix = null
    }, CHORD_MS)
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

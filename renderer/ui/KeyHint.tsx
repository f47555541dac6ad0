import { cx } from './cx'
import { text } from './messages'

const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

const CAPS: Record<string, string> = {
  mod: apple ? '⌘' : 'Ctrl',
  shift: apple ? '⇧' : 'Shift',
  alt: apple ? '⌥' : 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  delete: 'Del',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}
const cap = (key: string) => CAPS[key] ?? (key.length === 1 ? key.toUpperCase() : key)

/** 'mod+k' -> ['Ctrl', 'K']; a chord 'g o' has two strokes. */
export const keyCaps = (keys: string): string[][] =>
  keys.split(' ').map((stroke) => stroke.split('+').map(cap))

export function KeyHint({ keys, className }: { keys: string; className?: string }) {
  const strokes = keyCaps(keys)
  return (
    <span className={cx('inline-flex items-center gap-1', className)} translate="no">
      {strokes.map((caps, at) => (
        // A chord is a fixed sequence: its place is its identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={at} className="inline-flex items-center gap-1">
          {at > 0 && <span className="text-meta text-muted">{text.chord}</span>}
          {caps.map((name) => (
            <kbd
              key={name}
              className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-chip border border-current/30 px-1 text-meta! leading-none!"
            >
              {name}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  )
}

import { KeyHint } from '../KeyHint'

export interface Hint {
  keys: readonly string[]
  says: string
}

/** Keys of a list, at the end of its footer. The `?` sheet has them for screen readers. */
export function KeyHints({ hints }: { hints: readonly Hint[] }) {
  return (
    <span className="ml-auto flex gap-3" aria-hidden="true">
      {hints.map(({ keys, says }) => (
        <span key={says} className="flex items-center gap-1 whitespace-nowrap">
          {keys.map((key) => (
            <KeyHint key={key} keys={key} />
          ))}
          {says}
        </span>
      ))}
    </span>
  )
}

import { useEffect, useEffectEvent, useState } from 'react'

/** A search asks the host, so it waits until the typing pauses. */
const SEARCH_AFTER_MS = 150

/** What is typed into a filter, and what of it the address holds: `apply` puts it there. */
export function useTyped(q: string, apply: (typed: string) => void) {
  const [typed, setTyped] = useState(q)
  const latest = useEffectEvent(apply)
  useEffect(() => {
    if (typed === q) return
    const timer = setTimeout(() => latest(typed), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [typed, q])
  return [typed, setTyped] as const
}

import { useEffect, useState } from 'react'

/** Whole seconds until `at` (of Date.now()), counting down to 0. */
export function useCountdown(at: number): number {
  const left = () => Math.max(0, Math.ceil((at - Date.now()) / 1000))
  const [seconds, setSeconds] = useState(left)
  useEffect(() => {
    const update = () => setSeconds(Math.max(0, Math.ceil((at - Date.now()) / 1000)))
    update()
    const timer = setInterval(update, 250)
    return () => clearInterval(timer)
  }, [at])
  return seconds
}

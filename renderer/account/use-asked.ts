import { safe } from '@orpc/client'
import { takeAccount } from '@renderer/app/account'
import { describeError } from '@renderer/app/errors'
import type { AccountState } from '@shared/contract/account'
import { useState } from 'react'

export interface Asked {
  /** True while the host works on it. */
  busy: boolean
  /** The sentence of the last refusal. */
  problem: string | null
  /** Runs a call and gives its answer, or undefined after a refusal. A state that comes back is shown at once. */
  ask<T>(call: () => Promise<T>): Promise<T | undefined>
  clear(): void
}

export function useAsked(): Asked {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  return {
    busy,
    problem,
    clear: () => setProblem(null),
    async ask(call) {
      setBusy(true)
      setProblem(null)
      const { data, error } = await safe(call())
      setBusy(false)
      if (error) {
        setProblem(describeError(error).message)
        return undefined
      }
      if (isState(data)) takeAccount(data)
      return data
    },
  }
}

const isState = (value: unknown): value is AccountState =>
  typeof value === 'object' && value !== null && 'signedIn' in value && 'link' in value

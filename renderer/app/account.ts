import type { AccountState } from '@shared/contract/account'
import { useEffect } from 'react'
import { client, useStream } from './rpc'
import { createStore, useStore } from './store'

/** Which backend is connected and who is signed in; null before the host has told. */
const account = createStore<AccountState | null>(null)

export const useAccount = (): AccountState | null => useStore(account)

/** The answer of a call says how it stands now; the stream would say so a moment later. */
export const takeAccount = (state: AccountState): void => account.set(state)

/**
 * Once in the shell: header, status bar and pages read the same stream. `onOther` is called when somebody
 * else is signed in, whichever told it first, the stream or the answer of a call.
 */
export function useAccountStream(onOther: () => void): void {
  useEffect(() => {
    let before = account.get()
    return account.subscribe(() => {
      const now = account.get()
      const other = before !== null && now !== null && who(before) !== who(now)
      before = now
      if (other) onOther()
    })
  }, [onOther])
  useStream('account', {
    open: (signal) => client.account.watch(undefined, { signal }),
    onEvent: account.set,
  })
}

/** Changes when somebody else is signed in, or the same person at another place or in another role. */
const who = ({ kind, url, signedIn, me, aal }: AccountState): string =>
  JSON.stringify([kind, url, signedIn, me?.id, me?.roles, aal])

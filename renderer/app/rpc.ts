import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '@shared/contract/index'
import { onlineManager, QueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { connection, HostUnreachable, hostLink } from './connection'
import { useStore } from './store'

/** The contract, callable: `await client.scan.start({ target })`. Errors are typed: `safe()`, `isDefinedError()`. */
export const client: ContractRouterClient<Contract> = createORPCClient(hostLink)

/** Every error that a procedure of the contract declares. */
export type Errors<Call> = Call extends (...args: never[]) => infer Result
  ? Result extends { __error?: { type: infer E } }
    ? E
    : never
  : never

/** The contract for react-query: `useQuery(orpc.scan.history.queryOptions({ input }))`. */
export const orpc = createTanstackQueryUtils(client)

// "Online" means that the host answers. Whether the computer has a network is of no interest here.
onlineManager.setEventListener((setOnline) =>
  connection.subscribe(() => setOnline(connection.get().state === 'online')),
)
onlineManager.setOnline(false)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      refetchOnWindowFocus: false,
      // A refusal by the host is an answer; only a lost connection is worth a second try.
      retry: (count, error) => !(error instanceof ORPCError) && count < 2,
    },
    // A mutation waiting for a reconnect would act when nobody expects it any more.
    mutations: { networkMode: 'always', retry: false },
  },
})

export interface Stream<T> {
  /** Opens the stream; called again for each new connection and whenever `key` changes. */
  open(signal: AbortSignal): Promise<AsyncIterable<T>>
  onEvent(event: T): void
  /** The host refused or broke the stream while the connection stood. */
  onError?(error: unknown): void
  /** The host ended it. */
  onEnd?(): void
}

/** Follows an event iterator of the contract for as long as the component is mounted. */
export function useStream<T>(key: string | null, stream: Stream<T>): void {
  const state = useStore(connection)
  const link = state.state === 'online' ? state.link : null
  const open = useEffectEvent(stream.open)
  const onEvent = useEffectEvent(stream.onEvent)
  const onError = useEffectEvent((error: unknown) => stream.onError?.(error))
  const onEnd = useEffectEvent(() => stream.onEnd?.())
  useEffect(() => {
    if (key === null || link === null) return
    const abort = new AbortController()
    const follow = async () => {
      try {
        for await (const event of await open(abort.signal)) {
          if (abort.signal.aborted) return
          onEvent(event)
        }
        if (!abort.signal.aborted) onEnd()
      } catch (error) {
        const lost = abort.signal.aborted || error instanceof HostUnreachable
        if (!lost && connection.get().state === 'online') onError(error)
      }
    }
    void follow()
    return () => abort.abort()
  }, [key, link])
}

import type { ReactNode } from 'react'
import { lazyComponent } from '../ui/lazy-component'
import { connection } from './connection'
import { useStore } from './store'

const SessionPage = lazyComponent(async () => (await import('./SessionPage')).SessionPage)
connection.subscribe(() => {
  const { state } = connection.get()
  if (state === 'refused' || state === 'slowed') void SessionPage.preload()
})

/** Shows the pages to whoever holds the session's token, and the others how to get in. */
export function Gate({ children }: { children: ReactNode }) {
  const state = useStore(connection)
  if (state.state === 'refused' || state.state === 'slowed') return <SessionPage state={state} />
  return children
}

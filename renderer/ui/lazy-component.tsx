import {
  type ComponentType,
  type FunctionComponent,
  lazy,
  type ReactNode,
  Suspense,
  useState,
} from 'react'

export type LazyComponent<P extends object> = FunctionComponent<P> & {
  /** Fetches the code; once it has arrived, the first render is synchronous. */
  preload(): Promise<void>
}

/**
 * A component in a chunk of its own. React 19 holds a Suspense fallback for at least 300 ms once
 * it is shown (facebook/react #31819), so a chunk that is there already must not suspend at all:
 * call `preload()` on hover, on focus, on idle, or before the first render.
 */
export function lazyComponent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  fallback: (props: P) => ReactNode = () => null,
): LazyComponent<P> {
  let Loaded: ComponentType<P> | null = null
  let loading: Promise<ComponentType<P>> | null = null
  const fetchOnce = () => {
    loading ??= load().then(
      (component) => {
        Loaded = component
        return component
      },
      (error: unknown) => {
        // A failed import stays failed in React.lazy; the next attempt needs a fresh one.
        loading = null
        Pending = suspending()
        throw error
      },
    )
    return loading
  }
  const suspending = () => lazy(async () => ({ default: await fetchOnce() }))
  let Pending = suspending()

  function Lazy(props: P) {
    // Decided once: to leave the boundary later would mount the component anew, and lose its state.
    const [Ready] = useState(() => Loaded)
    if (Ready) return <Ready {...props} />
    return (
      <Suspense fallback={fallback(props)}>
        <Pending {...props} />
      </Suspense>
    )
  }
  Lazy.preload = async () => {
    await fetchOnce()
  }
  return Lazy
}

/** Runs when the browser has nothing better to do, at the latest after two seconds. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: 2000 })
  else setTimeout(run, 200)
}

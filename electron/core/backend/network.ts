import type { Fetch } from './wire'

/**
 * The way to a hosted project. Only to its own origin, and never along a redirect: a session must
 * not be carried to where an answer points.
 */
export function networkFetch(origin: string, fetch: Fetch = globalThis.fetch): Fetch {
  return async (input, init) => {
    const address =
      typeof input === 'string' ? input : input instanceof URL ? input.href : input.url
    if (new URL(address).origin !== origin)
      throw new TypeError('A request of this connection went to another address.')
    return await fetch(input, { ...init, redirect: 'error' })
  }
}

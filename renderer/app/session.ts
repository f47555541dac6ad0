/**
 * The one module that knows which host serves the page. Electron's preload sets a frozen
 * `consoleHost`; otherwise the page came over loopback HTTP with a token in its link.
 */
declare global {
  interface Window {
    readonly consoleHost?: {
      readonly kind: 'electron'
      /** Absolute path of a dropped or chosen file; empty where it has none. */
      pathOfFile(file: File): string
    }
  }
}

export const inElectron = typeof window !== 'undefined' && window.consoleHost !== undefined

/** Absolute path of a dropped file, where the host can tell; else null: its bytes must be sent. */
export const pathOfFile = (file: File): string | null =>
  window.consoleHost?.pathOfFile(file) || null

const TOKEN = 'prometheus.token'

/**
 * Moves the token of a link `#token=…&to=/route` out of the address, where it would be copied,
 * bookmarked and kept in the browser's history. Runs before anything reads the hash.
 */
export function adoptToken(): void {
  // The router keeps its search behind the hash and would mistake this one for its own.
  if (location.search) history.replaceState(null, '', `${location.pathname}${location.hash}`)
  if (!location.hash.startsWith('#token=')) return
  const link = new URLSearchParams(location.hash.slice(1))
  const to = link.get('to') ?? '/'
  sessionStorage.setItem(TOKEN, link.get('token') ?? '')
  const route = to.startsWith('/') ? to : '/'
  history.replaceState(null, '', `${location.pathname}#${route}`)
}

/** How long a new tab waits for another one to answer. Tabs of one browser answer in a few ms. */
const OTHER_TAB_MS = 150

/**
 * sessionStorage belongs to one tab, so a page opened from a link in another tab asks that one.
 * Only pages of this very origin, which is this host on this port, can hear or answer.
 */
export function shareToken(): void {
  const channel = new BroadcastChannel(TOKEN)
  channel.addEventListener('message', ({ data }) => {
    const token = sessionToken()
    if (data === 'ask' && token) channel.postMessage({ token })
  })
}

export async function askOtherTabs(): Promise<void> {
  const channel = new BroadcastChannel(TOKEN)
  await new Promise<void>((resolve) => {
    setTimeout(resolve, OTHER_TAB_MS)
    channel.addEventListener('message', ({ data }) => {
      if (typeof data?.token !== 'string') return
      sessionStorage.setItem(TOKEN, data.token)
      resolve()
    })
    channel.postMessage('ask')
  })
  channel.close()
}

export const sessionToken = (): string | null => sessionStorage.getItem(TOKEN) || null
export const forgetToken = (): void => sessionStorage.removeItem(TOKEN)

/** A request to the loopback host with the session's token. Path begins with '/'. */
export function hostFetch(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${sessionToken() ?? ''}`)
  return fetch(path, { ...init, headers, cache: 'no-store' })
}

const STORED = 'prometheus.scroll'
/** After this long the content is taken to be as long as it will be. */
const GIVE_UP_MS = 3000

/**
 * Puts the page back where it was before a reload. The router does so between pages it has the
 * data of; after a reload the content arrives later, so this waits until it is long enough.
 */
export function restoreScroll(main: HTMLElement): () => void {
  const remember = () => {
    sessionStorage.setItem(STORED, JSON.stringify([location.hash, main.scrollTop]))
  }
  window.addEventListener('pagehide', remember)

  const [route, top] = JSON.parse(sessionStorage.getItem(STORED) ?? '[null,0]')
  sessionStorage.removeItem(STORED)
  const stop =
    route === location.hash && top > 0 ? scrollOnceLongEnough(main, top) : () => undefined
  return () => {
    window.removeEventListener('pagehide', remember)
    stop()
  }
}

function scrollOnceLongEnough(main: HTMLElement, top: number): () => void {
  const attempt = () => {
    if (main.scrollHeight - main.clientHeight < top) return
    main.scrollTop = top
    stop()
  }
  const observer = new MutationObserver(attempt)
  const timer = setTimeout(() => stop(), GIVE_UP_MS)
  const stop = () => {
    clearTimeout(timer)
    observer.disconnect()
    main.removeEventListener('wheel', stop)
  }
  observer.observe(main, { childList: true, subtree: true })
  // Whoever scrolls meanwhile knows better.
  main.addEventListener('wheel', stop, { passive: true })
  attempt()
  return stop
}

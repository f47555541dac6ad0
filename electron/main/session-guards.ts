import type { Session } from 'electron'
import type { OurPage } from './our-page'

/** Copy buttons need it (navigator.clipboard.writeText); reading the clipboard stays refused. */
const GRANTED_PERMISSION = 'clipboard-sanitized-write'

/** What the page may ask of the browser: nothing but its own files, its downloads and copying. */
export function guardSession(session: Session, page: OurPage): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(
      permission === GRANTED_PERMISSION && details.isMainFrame && page.owns(details.requestingUrl),
    ),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) =>
      permission === GRANTED_PERMISSION && details.isMainFrame && page.owns(origin),
  )
  session.setDevicePermissionHandler(() => false)
  // Chromium would fetch dictionaries from the network.
  session.setSpellCheckerEnabled(false)

  session.webRequest.onBeforeRequest((request, answer) =>
    answer({ cancel: !isLocal(request.url, page) }),
  )
  // Exports are blobs of the page; whatever else wants to become a file does not.
  session.on('will-download', (event, item) => {
    const url = item.getURL()
    if (!url.startsWith('blob:') || !page.owns(url.slice('blob:'.length))) event.preventDefault()
  })
}

/** The second lock behind the Content Security Policy: the page reaches no network at all. */
function isLocal(url: string, page: OurPage): boolean {
  const protocol = URL.parse(url)?.protocol ?? ''
  if (['blob:', 'data:', 'devtools:'].includes(protocol)) return true
  // A development server reloads the page over a WebSocket of the same address.
  return page.owns(protocol === 'ws:' ? url.replace(/^ws/, 'http') : url)
}

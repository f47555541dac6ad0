import type { IpcMainEvent } from 'electron'

/** Scheme and host of the page. Node reports the origin of such a URL as the string 'null'. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'console'

/** The one page that may talk to the main process. */
export interface OurPage {
  url: string
  owns(url: string): boolean
}

/**
 * app://console, or the address of a development server; callers pass one only while the
 * application is not packaged. A development server must be on this machine.
 */
export function ourPage(developmentServer: string | undefined): OurPage {
  if (developmentServer === undefined)
    return { url: `${APP_SCHEME}://${APP_HOST}/`, owns: isAppUrl }
  const server = new URL(developmentServer)
  if (server.protocol !== 'http:' || !['localhost', '127.0.0.1'].includes(server.hostname))
    throw new Error(`${developmentServer} is not a development server on this machine.`)
  return {
    url: server.href,
    owns: (url) => URL.parse(url)?.origin === server.origin,
  }
}

/** Whole parts are compared: app://console.evil and https://evil/?app://console are not ours. */
function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed?.protocol === `${APP_SCHEME}:` && parsed.host === APP_HOST
}

/** Whether a message comes from the page itself: not from a frame in it, nor from a page gone. */
export function isFromOurPage(page: OurPage, event: Pick<IpcMainEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && page.owns(frame.url)
}

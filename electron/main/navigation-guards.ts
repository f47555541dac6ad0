import type { WebContents } from 'electron'
import type { OurPage } from './our-page'

/** Keeps a window on our page. A link to elsewhere goes to `openReference`, which decides. */
export function guardNavigation(
  contents: WebContents,
  page: OurPage,
  openReference: (url: string) => void,
): void {
  contents.on('will-navigate', (details) => {
    if (!page.owns(details.url)) details.preventDefault()
  })
  contents.on('will-redirect', (details) => {
    if (!page.owns(details.url)) details.preventDefault()
  })
  // The page has no frames, so whatever one of them loads was not put there by us.
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !page.owns(details.url)) details.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openReference(url)
    return { action: 'deny' }
  })
}

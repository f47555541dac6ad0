/**
 * Imported first: nothing else of the page has run, and nothing has been painted but the static
 * shell of index.html.
 */
import { adoptToken } from './session'
import { applyAppearance, rememberedAppearance } from './theme'

performance.mark('app:boot')
if (new URLSearchParams(location.search).has('pseudo')) document.documentElement.lang = 'en-XA'
adoptToken()
applyAppearance(rememberedAppearance())

// A fresh link pasted into an open tab changes only the hash: start over with its token.
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#token=')) location.reload()
})

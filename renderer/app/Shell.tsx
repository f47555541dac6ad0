import { useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import { useSettings } from '../settings/use-settings'
import { lazyComponent, whenIdle } from '../ui/lazy-component'
import { notices } from '../ui/toast'
import { useAccountStream } from './account'
import { useJobStream } from './jobs'
import { listenToKeys } from './keys/listen'
import { text } from './messages'
import { restoreScroll } from './restore-scroll'
import { orpc } from './rpc'
import { AccountMenu } from './shell/AccountControl'
import { useShellCommands } from './shell/commands'
import { Header, ThemeMenu } from './shell/Header'
import { openOverlay } from './shell/layout'
import { OfflineBanner } from './shell/OfflineBanner'
import { Sidebar } from './shell/Sidebar'
import { StatusBar } from './shell/StatusBar'
import { useStore } from './store'
import { applyAppearance } from './theme'

const Palette = lazyComponent(async () => (await import('./palette/Palette')).Palette)
const ShortcutSheet = lazyComponent(
  async () => (await import('./keys/ShortcutSheet')).ShortcutSheet,
)
const Toaster = lazyComponent(async () => (await import('../ui/Toaster')).Toaster)

/** The frame of every page: header 44 px, sidebar 208 or 56, status bar 24. */
export function Shell() {
  useShellCommands()
  useEffect(listenToKeys, [])
  useEffect(() => {
    performance.mark('shell:ready')
    whenIdle(() => {
      for (const part of [Palette, ShortcutSheet, Toaster, ThemeMenu, AccountMenu])
        void part.preload()
    })
  }, [])
  const main = useRef<HTMLElement>(null)
  useEffect(() => (main.current ? restoreScroll(main.current) : undefined), [])
  useSettledAppearance()
  useFreshReports()
  useFreshBackend()
  return (
    <div className="flex h-full flex-col">
      <button
        type="button"
        onClick={() => document.getElementById('main')?.focus()}
        className="sr-only focus:not-sr-only focus:absolute focus:top-1.5 focus:left-2 focus:z-50 focus:rounded-control focus:bg-surface focus:px-3 focus:py-1.5"
      >
        {text.skip}
      </button>
      <Header />
      <OfflineBanner />
      <div className="flex min-h-0 flex-1">
        <Sidebar />
        <main
          ref={main}
          id="main"
          tabIndex={-1}
          data-scroll-restoration-id="main"
          className="min-w-0 flex-1 overflow-y-auto outline-none"
        >
          <Outlet />
        </main>
      </div>
      <StatusBar />
      <Overlays />
    </div>
  )
}

function Overlays() {
  const open = useStore(openOverlay)
  const anyNotice = useStore(notices).length > 0
  return (
    <>
      {open === 'palette' && <Palette />}
      {open === 'shortcuts' && <ShortcutSheet />}
      <LazyToaster wanted={anyNotice} />
    </>
  )
}

let toasterShown = false
/** Stays once it was needed: it holds the notices that are still on screen. */
function LazyToaster({ wanted }: { wanted: boolean }) {
  toasterShown ||= wanted
  return toasterShown ? <Toaster /> : null
}

/** The settings file has the last word on how things look, also when changed elsewhere. */
function useSettledAppearance(): void {
  const { data } = useSettings()
  const theme = data?.values['appearance.theme']
  const density = data?.values['appearance.density']
  useEffect(() => {
    if (theme && density) applyAppearance({ theme, density })
  }, [theme, density])
}

function useFreshReports(): void {
  const cache = useQueryClient()
  useJobStream(() => {
    void cache.invalidateQueries({ queryKey: orpc.scan.history.key() })
    void cache.invalidateQueries({ queryKey: orpc.app.overview.key() })
    void cache.invalidateQueries({ queryKey: orpc.benchmark.results.key() })
  })
}

/** Somebody else is signed in, or to another backend: what was read as the one before is not theirs. */
function useFreshBackend(): void {
  const cache = useQueryClient()
  const readAnew = useCallback(() => {
    // What no page shows now would be seen for a moment on the way back to it.
    cache.removeQueries({ type: 'inactive' })
    void cache.invalidateQueries()
  }, [cache])
  useAccountStream(readAnew)
}

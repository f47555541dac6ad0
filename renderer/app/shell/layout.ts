import { createStore, useStore } from '../store'

/** Below this width the sidebar shows icons only, unless it was asked for. */
const NARROW = '(max-width: 1099px)'
const STORED = 'prometheus.sidebar'

const narrowQuery = matchMedia(NARROW)
const narrow = createStore(narrowQuery.matches)
const collapsedWhenWide = createStore(localStorage.getItem(STORED) === 'collapsed')
const expandedWhenNarrow = createStore(false)

narrowQuery.addEventListener('change', () => {
  narrow.set(narrowQuery.matches)
  expandedWhenNarrow.set(false)
})

export function useSidebarCollapsed(): boolean {
  const isNarrow = useStore(narrow)
  const expanded = useStore(expandedWhenNarrow)
  const collapsed = useStore(collapsedWhenWide)
  return isNarrow ? !expanded : collapsed
}

export function toggleSidebar(): void {
  if (narrow.get()) {
    expandedWhenNarrow.set(!expandedWhenNarrow.get())
    return
  }
  const collapsed = !collapsedWhenWide.get()
  collapsedWhenWide.set(collapsed)
  localStorage.setItem(STORED, collapsed ? 'collapsed' : 'expanded')
}

/** What lies over the shell. One at a time. */
export const openOverlay = createStore<'none' | 'palette' | 'shortcuts'>('none')

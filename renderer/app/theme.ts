import { createStore } from './store'

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'compact' | 'normal' | 'roomy'
export interface Appearance {
  theme: Theme
  density: Density
}

export const THEMES: readonly Theme[] = ['system', 'light', 'dark']
export const DENSITIES: readonly Density[] = ['compact', 'normal', 'roomy']
const STORED = 'prometheus.appearance'

export const appearance = createStore<Appearance>({ theme: 'system', density: 'normal' })

/** The settings file decides; this copy only spares the first paint a flash of the wrong theme. */
export function rememberedAppearance(): Appearance {
  const [theme, density] = (localStorage.getItem(STORED) ?? '').split(' ')
  return {
    theme: THEMES.find((known) => known === theme) ?? 'system',
    density: DENSITIES.find((known) => known === density) ?? 'normal',
  }
}

export function applyAppearance(next: Appearance): void {
  const current = appearance.get()
  const { dataset } = document.documentElement
  if (next.theme === 'system') delete dataset.theme
  else dataset.theme = next.theme
  dataset.density = next.density
  localStorage.setItem(STORED, `${next.theme} ${next.density}`)
  if (current.theme !== next.theme || current.density !== next.density) appearance.set(next)
}

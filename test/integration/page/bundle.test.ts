import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../fixtures/console'

interface Chunk {
  file: string
  name?: string
  imports?: string[]
  dynamicImports?: string[]
  css?: string[]
  isEntry?: boolean
  isDynamicEntry?: boolean
}
const PAGE = join(ROOT, 'out/renderer')
const manifest = JSON.parse(readFileSync(join(PAGE, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>

/** Shared chunks that hold libraries; everything else is our own code. KB gzipped, of 1,000 bytes. */
const BUDGETS: Record<string, number> = {
  libraries: 120,
  icons: 8,
  overlays: 70,
  palette: 35,
  table: 30,
  charts: 135,
}

const kilobytes = (file: string) =>
  gzipSync(readFileSync(join(PAGE, file)), { level: 9 }).length / 1000
const isLibrary = (chunk: Chunk) => chunk.name !== undefined && chunk.name in BUDGETS

/** The chunks that load with `keys`, through static imports. */
function closure(keys: readonly string[], seen = new Set<string>()): Set<string> {
  for (const key of keys) {
    if (seen.has(key)) continue
    seen.add(key)
    closure(manifest[key]?.imports ?? [], seen)
  }
  return seen
}
const chunks = (keys: Iterable<string>) => [...keys].flatMap((key) => manifest[key] ?? [])
const sum = (some: Chunk[]) => some.reduce((total, chunk) => total + kilobytes(chunk.file), 0)

const entry = Object.keys(manifest).filter((key) => manifest[key]?.isEntry)
/** Empty where the start route is part of the entry. */
const overview = Object.keys(manifest).filter((key) => key.endsWith('overview/OverviewPage.tsx'))
const firstScreen = closure([...entry, ...overview])
const lazy = Object.keys(manifest).filter(
  (key) => manifest[key]?.isDynamicEntry && !overview.includes(key),
)
const routes = lazy.filter((key) => key.endsWith('Page.tsx'))

describe('the weight of the page, gzipped', () => {
  test('first screen: at most 150 KB, of which at most 28 KB our own', () => {
    expect(entry).toHaveLength(1)
    expect(sum(chunks(firstScreen))).toBeLessThanOrEqual(150)
    expect(sum(chunks(firstScreen).filter((chunk) => !isLibrary(chunk)))).toBeLessThanOrEqual(28)
  })
  test.each(routes)('%s: at most 25 KB of our own beyond the first screen', (route) => {
    const own = chunks(closure([route])).filter((chunk) => !isLibrary(chunk))
    const first = new Set(chunks(firstScreen).map((chunk) => chunk.file))
    expect(sum(own.filter((chunk) => !first.has(chunk.file)))).toBeLessThanOrEqual(25)
  })
  test.each(lazy)('%s: at most 25 KB in its own chunk', (key) => {
    expect(sum(chunks([key]))).toBeLessThanOrEqual(25)
  })
  test.each(Object.entries(BUDGETS))('%s: at most %d KB', (name, most) => {
    const found = Object.values(manifest).filter((chunk) => chunk.name === name)
    expect(found).toHaveLength(1)
    expect(sum(found)).toBeLessThanOrEqual(most)
  })
  test('no charts, table, palette, overlays or icons of other pages load with the first screen', () => {
    const later = ['charts', 'table', 'palette', 'overlays', 'icons']
    expect(chunks(firstScreen).filter((chunk) => later.includes(chunk.name ?? ''))).toEqual([])
  })
  test('the page brings no schema library', () => {
    const all = Object.values(manifest).map((chunk) =>
      readFileSync(join(PAGE, chunk.file)).toString('latin1'),
    )
    expect(all.some((code) => code.includes('ZodError'))).toBe(false)
  })
  test('its styles are at most 12 KB', () => {
    const styles = new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []))
    expect([...styles].reduce((total, file) => total + kilobytes(file), 0)).toBeLessThanOrEqual(12)
  })
  test('its fonts are at most 100 KB, as they are', () => {
    const fonts = new Set(
      Object.values(manifest)
        .flatMap((chunk) => (chunk as { assets?: string[] }).assets ?? [])
        .filter((file) => file.endsWith('.woff2')),
    )
    expect(fonts.size).toBeGreaterThan(0)
    // The browser loads the Latin parts only.
    const latin = [...fonts].filter((file) => /-latin-wght/.test(file))
    expect(
      latin.reduce((total, file) => total + statSync(join(PAGE, file)).size, 0) / 1000,
    ).toBeLessThanOrEqual(100)
  })
})

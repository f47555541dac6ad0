import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string) => resolve(import.meta.dirname, path)
const alias = { '@shared': at('shared') }

const packages = (...names: string[]) =>
  new RegExp(`node_modules[\\\\/](${names.join('|')})([\\\\/]|-)`)

/** Of the shell, the overview and what they are made of. All others come with the first other page. */
const FIRST_ICONS = [
  'badge-check',
  'book-open',
  'check',
  'circle-check',
  'circle-question-mark',
  'circle-user',
  'copy',
  'flask-conical',
  'folder-search',
  'gauge',
  'house',
  'monitor',
  'moon',
  'octagon-x',
  'panel-left-close',
  'panel-left-open',
  // Known as History.
  'rotate-ccw-clock',
  'rotate-cw',
  'scan-search',
  'scroll-text',
  'search',
  'settings',
  'shield-check',
  'square-terminal',
  'store',
  'sun',
  'timer',
  // Known as TriangleAlert.
  'triangle-exclamation-point',
  'trophy',
  'users',
]
const OTHER_ICONS = new RegExp(
  `lucide-react[\\\\/]dist[\\\\/]esm[\\\\/]icons[\\\\/](?!(${FIRST_ICONS.join('|')})\\.m?js)`,
)

/** Small controls that go together: apart, each is a request and compresses badly. */
const CONTROLS = /renderer[\\/]ui[\\/](Menu|Popover|Tabs|TextField|EmptyState|overlay)\.tsx?$/

/** Of the first screen and of the controls: seven small chunks otherwise. */
const BASE =
  /renderer[\\/](app[\\/](store|intl|rpc|connection|session|backoff)|ui[\\/](Button|cx|KeyHint|messages))\.tsx?$/

/** Shared chunks have names, so that test/integration/page can hold each to its budget. */
const CHUNKS = [
  {
    name: 'table',
    priority: 3,
    test: packages('@tanstack[\\\\/](react-table|table-core|react-virtual|virtual-core)'),
  },
  // The palette's list is a third of Base UI and is needed by nothing else.
  {
    name: 'palette',
    priority: 3,
    test: packages('@base-ui[\\\\/]react[\\\\/](autocomplete|combobox)'),
  },
  { name: 'icons', priority: 3, test: OTHER_ICONS },
  { name: 'overlays', priority: 2, test: packages('@base-ui', '@floating-ui', 'tabbable') },
  {
    name: 'libraries',
    priority: 2,
    test: packages(
      'react',
      'react-dom',
      'scheduler',
      'use-sync-external-store',
      'clsx',
      '@tanstack',
      'seroval',
      '@orpc',
      'lucide',
    ),
  },
  { name: 'controls', priority: 1, test: CONTROLS },
  { name: 'base', priority: 1, test: BASE },
  {
    name: 'charts',
    priority: 3,
    test: packages(
      'recharts',
      'd3',
      'victory-vendor',
      'es-toolkit',
      'decimal.js-light',
      '@reduxjs',
      'redux',
      'react-redux',
      'react-is',
      'reselect',
      'immer',
      'eventemitter3',
      'internmap',
    ),
  },
]

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      outDir: 'out/main',
      // Only `dependencies` stay outside the bundle: better-sqlite3 brings a native module.
      externalizeDeps: true,
      minify: false,
      rolldownOptions: {
        input: {
          index: at('electron/main/index.ts'),
          loopback: at('electron/loopback/index.ts'),
          cli: at('electron/cli/index.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('electron/preload/index.ts') },
        // A sandboxed preload cannot be ESM.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    resolve: { alias: { ...alias, '@renderer': at('renderer') } },
    build: {
      outDir: at('out/renderer'),
      minify: true,
      // Inlined fonts would be data: URLs, which the CSP refuses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      manifest: true,
      rolldownOptions: {
        input: at('renderer/index.html'),
        output: { codeSplitting: { groups: CHUNKS, includeDependenciesRecursively: false } },
      },
    },
    plugins: [react(), tailwindcss()],
  },
})

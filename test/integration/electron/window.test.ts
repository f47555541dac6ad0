import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CANVAS } from '../../../electron/main/window'
import { rememberedPlace } from '../../../electron/main/window-state'
import { ROOT } from '../../fixtures/console'
import { type Host, startHost } from './host'

let host: Host
beforeAll(async () => {
  host = await startHost('--set', 'appearance.theme=dark')
})
afterAll(() => host.close())

test('the window is locked down: sandbox, isolation, no Node, no exceptions', () => {
  expect(host.window.options.webPreferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    preload: join(ROOT, 'out/preload/index.cjs'),
    devTools: true,
  })
})
test('it loads our page over app://, never over file://', () => {
  expect(host.window.url).toBe('app://console/')
})
test('it waits for the first frame on the canvas of the saved theme: no white flash', () => {
  expect(host.window.options).toMatchObject({ show: false, backgroundColor: CANVAS.dark })
  expect(host.window.visible).toBe(false)
  host.window.emit('ready-to-show')
  expect(host.window.visible).toBe(true)
})
test('the canvas is the one of the design tokens', () => {
  const tokens = readFileSync(join(ROOT, 'renderer/app/tokens.css'), 'utf8')
  expect(tokens).toContain(`--canvas: light-dark(${CANVAS.light}, ${CANVAS.dark})`)
})
test('its place is remembered when it closes', () => {
  host.window.bounds = { x: 40, y: 60, width: 1000, height: 700 }
  host.window.maximized = true
  host.window.emit('close')
  const file = join(host.dataFolder, 'window.json')
  const screen = { x: 0, y: 0, width: 1920, height: 1080 }
  expect(rememberedPlace(file, [screen])).toMatchObject({
    bounds: { x: 40, y: 60, width: 1000, height: 700 },
    maximized: true,
  })
})
test('a place on a screen that is gone keeps only its size', () => {
  host.window.bounds = { x: 4000, y: 60, width: 1000, height: 700 }
  host.window.emit('close')
  const file = join(host.dataFolder, 'window.json')
  const screen = { x: 0, y: 0, width: 1920, height: 1080 }
  expect(rememberedPlace(file, [screen]).bounds).toEqual({ width: 1000, height: 700 })
})
test('a broken memory is forgotten', () => {
  const file = join(ROOT, 'package.json')
  expect(rememberedPlace(file, []).bounds).toEqual({ width: 1280, height: 820 })
})

import { join } from 'node:path'
import { advisoryUrl } from '@shared/scan-report/advisory'
import type { RuleSet } from '@shared/scan-report/match'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadRules } from '../../../electron/core/scan/rules'
import { openReference } from '../../../electron/main/references'
import { BrowserWindow, electron, eventWith, session } from '../../doubles/electron'
import { ROOT } from '../../fixtures/console'
import { type Host, prevents, startHost } from './host'

let host: Host
beforeAll(async () => {
  host = await startHost()
})
afterAll(() => host.close())

describe('navigation', () => {
  // Hosts, schemes and origins that resemble ours.
  const ELSEWHERE = [
    'https://evil.test/',
    'https://evil.test/?app://console/',
    'app://console.evil.test/',
    'app://evil/',
    'app-console://console/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,<p>',
    'not a url',
  ]
  const EVENTS = ['will-navigate', 'will-redirect', 'will-frame-navigate']
  test.each(EVENTS)('%s leaves our page for no address', (name) => {
    const { webContents } = host.window
    const allowed = ELSEWHERE.filter(
      (url) => !prevents(webContents, name, { url, isMainFrame: true }),
    )
    expect(allowed).toEqual([])
  })
  test.each(EVENTS)('%s stays on our page', (name) => {
    const details = { url: 'app://console/#/scan', isMainFrame: true }
    expect(prevents(host.window.webContents, name, details)).toBe(false)
  })
  test('no frame inside the page loads anything, not even our page', () => {
    const details = { url: 'app://console/', isMainFrame: false }
    expect(prevents(host.window.webContents, 'will-frame-navigate', details)).toBe(true)
  })
  test('no webview is attached', () => {
    expect(prevents(host.window.webContents, 'will-attach-webview', {})).toBe(true)
  })
  test('every later window is guarded from its first moment', () => {
    const other = new BrowserWindow({ webPreferences: { preload: '' } })
    expect(
      prevents(other.webContents, 'will-navigate', {
        url: 'https://evil.test/',
        isMainFrame: true,
      }),
    ).toBe(true)
    expect(other.webContents.openHandler?.({ url: 'https://evil.test/' }).action).toBe('deny')
    other.destroyed = true
  })
})

describe('links out', () => {
  const open = (url: string) => {
    const before = electron.opened.length
    const action = host.window.webContents.openHandler?.({ url }).action
    return { action, opened: electron.opened.slice(before) }
  }
  const { rules } = loadRules(join(ROOT, 'resources/rules'))

  test('a reference of a rule opens in the browser of the system, and no window opens', () => {
    const [url = ''] = rules.flatMap((rule) => rule.references)
    expect(open(url)).toEqual({ action: 'deny', opened: [new URL(url).href] })
  })
  test('an advisory that a rule names opens', () => {
    const [id = ''] = rules.flatMap((rule) => rule.cwe)
    const url = advisoryUrl(id) ?? ''
    expect(open(url)).toEqual({ action: 'deny', opened: [url] })
  })
  test('what no rule names opens nothing', () => {
    expect(open('https://evil.test/')).toEqual({ action: 'deny', opened: [] })
  })
})

describe('a reference', () => {
  const rule = {
    id: 'test.reference',
    references: ['https://docs.example/pickle.html', 'http://plain.example/'],
    cve: ['CVE-2025-1'],
    cwe: [],
  }
  const rules = () => ({ rules: [rule] }) as unknown as RuleSet
  const opens = async (url: string) => {
    const before = electron.opened.length
    await openReference(url, rules)
    return electron.opened.slice(before)
  }
  test.each([
    'https://docs.example/pickle.html',
    'HTTPS://DOCS.EXAMPLE/pickle.html',
    'https://www.cve.org/CVERecord?id=CVE-2025-1',
  ])('%s opens', async (url) => {
    expect(await opens(url)).toEqual([new URL(url).href])
  })
  test.each([
    ['another page of the same host', 'https://docs.example/other.html'],
    ['the same address without TLS', 'http://docs.example/pickle.html'],
    ['a reference that has no TLS itself', 'http://plain.example/'],
    ['the same address with a password', 'https://a:b@docs.example/pickle.html'],
    ['the same address on another port', 'https://docs.example:8443/pickle.html'],
    ['the same address with a query', 'https://docs.example/pickle.html?leak=1'],
    ['a host that only begins alike', 'https://docs.example.evil.test/pickle.html'],
    ['a program of this computer', 'file:///bin/sh'],
    ['an address that is none', 'https://'],
    ['nothing', ''],
  ])('%s does not open', async (_what, url) => {
    expect(await opens(url)).toEqual([])
  })
})

describe('rights of the page', () => {
  const { defaultSession } = session
  const ours = { isMainFrame: true, requestingUrl: 'app://console/' }
  const request = (name: string, details = ours) => {
    let answer: boolean | undefined
    defaultSession.permissionRequest?.(
      null,
      name,
      (granted) => {
        answer = granted
      },
      details,
    )
    return answer
  }
  const check = (name: string, origin = 'app://console/') =>
    defaultSession.permissionCheck?.(null, name, origin, ours)

  test.each([
    'clipboard-read',
    'fileSystem',
    'geolocation',
    'hid',
    'media',
    'notifications',
    'openExternal',
    'serial',
    'usb',
    'unknown',
  ])('%s is refused, asked or checked', (name) => {
    expect(request(name)).toBe(false)
    expect(check(name)).toBe(false)
  })
  test('copying text is granted to our page only', () => {
    const name = 'clipboard-sanitized-write'
    expect(request(name)).toBe(true)
    expect(check(name)).toBe(true)
    expect(request(name, { isMainFrame: true, requestingUrl: 'https://evil.test/' })).toBe(false)
    expect(request(name, { isMainFrame: false, requestingUrl: 'app://console/' })).toBe(false)
    expect(check(name, 'https://evil.test/')).toBe(false)
  })
  test('no device is granted and no dictionary is fetched', () => {
    expect(defaultSession.deviceCheck?.()).toBe(false)
    expect(defaultSession.spellChecker).toBe(false)
  })
  test('the page reaches no network', () => {
    const cancelled = (url: string) => {
      let result: boolean | undefined
      defaultSession.requestListener?.({ url }, ({ cancel }) => {
        result = cancel
      })
      return result
    }
    for (const url of ['https://evil.test/', 'ws://127.0.0.1:9/', 'file:///etc/passwd', 'ftp://a/'])
      expect([url, cancelled(url)]).toEqual([url, true])
    for (const url of ['app://console/assets/a.js', 'blob:app://console/1', 'data:image/png,'])
      expect([url, cancelled(url)]).toEqual([url, false])
  })
  test('only a blob of our page becomes a file', () => {
    const stopped = (url: string) => {
      const event = eventWith({})
      defaultSession.emit('will-download', event, { getURL: () => url })
      return event.defaultPrevented
    }
    expect(stopped('blob:app://console/2f1c')).toBe(false)
    expect(stopped('blob:https://evil.test/2f1c')).toBe(true)
    expect(stopped('https://evil.test/setup.exe')).toBe(true)
    expect(stopped('app://console/index.html')).toBe(true)
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { session as realSession } from 'electron'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SECURITY_HEADERS } from '../../../electron/core/page/security-headers'
import { resolvePageFile } from '../../../electron/core/page/static-files'
import { serveAppScheme } from '../../../electron/main/app-protocol'
import { session } from '../../doubles/electron'

let folder: string
let page: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-page-'))
  page = join(folder, 'renderer')
  for (const name of ['renderer/assets', 'renderer-x'])
    mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<p>our page</p>')
  writeFileSync(join(page, 'assets/app.js'), 'export {}')
  writeFileSync(join(page, 'assets/a b.css'), '')
  writeFileSync(join(page, 'assets/notes.md'), 'not part of the page')
  writeFileSync(join(folder, 'renderer-x/index.html'), '<p>sibling</p>')
  writeFileSync(join(folder, 'secret.json'), '{}')
  serveAppScheme(realSession.defaultSession, page)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = async (url: string, init?: RequestInit) => {
  const answer = await session.defaultSession.handlers.get('app')?.(new Request(url, init))
  if (answer === undefined) throw new Error('app:// is not served.')
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

test('the page comes with its policy', async () => {
  const { status, headers, body } = await get('app://console/')
  expect([status, body]).toEqual([200, '<p>our page</p>'])
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  for (const [name, value] of Object.entries(SECURITY_HEADERS))
    expect([name, headers.get(name)]).toEqual([name, value])
})
test('the policy has no exception', () => {
  const policy = SECURITY_HEADERS['content-security-policy']
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).not.toMatch(/unsafe|\*|https?:|wasm/)
})
test('a script comes as a script', async () => {
  const { status, headers } = await get('app://console/assets/app.js')
  expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
})
test('a name with an encoded space is found', () => {
  expect(resolvePageFile(page, '/assets/a%20b.css')?.path).toBe(join(page, 'assets/a b.css'))
})
test.each([
  '/../secret.json',
  '/..%2fsecret.json',
  '/%2e%2e/secret.json',
  '/%2e%2e%2fsecret.json',
  '/%252e%252e/secret.json',
  '/assets/../../secret.json',
  '/../renderer-x/index.html',
  '/..\\secret.json',
  '/%5c..%5csecret.json',
  '//etc/passwd.json',
  '/C:/secret.json',
  '/index.html%00.js',
  '/index.html::$DATA.js',
  '/assets/notes.md',
  '/assets',
  '/assets/',
  '/index.html/',
  '/no-such-route',
  '/%E0%A4%A',
  `/${'a'.repeat(5000)}.js`,
  'index.html',
  '',
])('%s is nothing of ours', (path) => {
  expect(resolvePageFile(page, path)).toBeUndefined()
})
test.each([
  ['app://console/%2e%2e/secret.json', 404],
  ['app://console/../../secret.json', 404],
  ['app://evil/', 404],
])('%s is refused, under the same policy', async (url, status) => {
  const answer = await get(url)
  expect([answer.status, answer.body]).toEqual([status, ''])
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
})
test('only GET is answered', async () => {
  expect((await get('app://console/', { method: 'POST', body: 'x' })).status).toBe(405)
})

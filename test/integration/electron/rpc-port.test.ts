import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { safe } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { electron } from '../../doubles/electron'
import { askForPath, connectFrom, type Frame, type Host, OUR_FRAME, startHost } from './host'

let host: Host
beforeAll(async () => {
  host = await startHost()
})
afterAll(() => host.close())

const STRANGERS: [string, Frame | null][] = [
  ['another site', { url: 'https://evil.test/', parent: null }],
  ['another host of our scheme', { url: 'app://evil/', parent: null }],
  ['a frame inside our page', { url: 'app://console/', parent: {} }],
  ['a development server that was not named', { url: 'http://localhost:5173/', parent: null }],
  ['a page that is gone', null],
]

describe('the port', () => {
  test('our page gets the whole application over it', async () => {
    const { client, port } = connectFrom(OUR_FRAME)
    const info = await client.app.info()
    expect(info).toMatchObject({ host: 'electron', dataFolder: host.dataFolder, dialogs: true })
    port.close()
  })
  test.each(STRANGERS)('%s hears nothing: its port is closed', async (_who, frame) => {
    const { port } = connectFrom(frame)
    const heard: unknown[] = []
    port.on('message', (message) => heard.push(message))
    await once(port, 'close')
    expect(heard).toEqual([])
  })
  test('more than one port is not a handshake', async () => {
    const { port } = connectFrom(OUR_FRAME, 2)
    port.start()
    await once(port, 'close')
  })
})

describe('paths', () => {
  test('a dropped path is granted, exactly that one', async () => {
    const folder = join(host.folder, 'models')
    mkdirSync(folder)
    for (const name of ['dropped.bin', 'beside.bin']) writeFileSync(join(folder, name), 'data')
    const { client, port } = connectFrom(OUR_FRAME)
    const start = (path: string) =>
      safe(client.scan.start({ target: { kind: 'paths', paths: [path] } }))

    const before = await start(join(folder, 'dropped.bin'))
    expect(before.error).toMatchObject({ code: 'PATH_NOT_GRANTED' })
    expect(askForPath(OUR_FRAME, join(folder, 'dropped.bin'))).toBe(true)
    expect((await start(join(folder, 'dropped.bin'))).error).toBeNull()
    const beside = await start(join(folder, 'beside.bin'))
    expect(beside.error).toMatchObject({ code: 'PATH_NOT_GRANTED' })
    expect((await start(folder)).error).toMatchObject({ code: 'PATH_NOT_GRANTED' })
    port.close()
  })
  test.each(STRANGERS)('%s is granted nothing, and is told so at once', async (_who, frame) => {
    const path = join(host.folder, 'secret')
    expect(askForPath(frame, path)).toBe(false)
    const { client, port } = connectFrom(OUR_FRAME)
    const { error } = await safe(client.files.browse({ path }))
    expect(error).toMatchObject({ code: 'PATH_NOT_GRANTED' })
    port.close()
  })
  test.each([
    ['a relative path', 'models/a.bin'],
    ['a number', 7],
    ['an object', { path: '/' }],
    ['5,000 characters', `/${'a'.repeat(4999)}`],
    ['nothing', ''],
  ])('%s is not a path', (_what, path) => {
    expect(askForPath(OUR_FRAME, path)).toBe(false)
  })
  test("what the system's dialog returns is granted", async () => {
    const folder = join(host.folder, 'chosen')
    mkdirSync(folder)
    electron.answers.openDialog = [folder]
    const { client, port } = connectFrom(OUR_FRAME)
    expect(await client.files.choose({ kind: 'folder' })).toEqual({ paths: [folder] })
    expect(electron.openDialogs.at(-1)?.properties).toContain('openDirectory')
    expect(await client.files.browse({ path: folder })).toMatchObject({ path: folder })
    port.close()
  })
  test('a dialog that is dismissed chooses nothing', async () => {
    electron.answers.openDialog = []
    const { client, port } = connectFrom(OUR_FRAME)
    expect(await client.files.choose({ kind: 'file' })).toEqual({ paths: [] })
    expect(electron.openDialogs.at(-1)?.properties).toContain('openFile')
    port.close()
  })
  test('without a grant the page may browse nothing', async () => {
    const { client, port } = connectFrom(OUR_FRAME)
    const { roots } = await client.app.info()
    expect(roots).toEqual([])
    port.close()
  })
})

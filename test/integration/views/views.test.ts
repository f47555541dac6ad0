import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole } from '../../fixtures/console'

let open: OpenConsole
beforeEach(() => {
  open = openConsole()
})
afterEach(() => open.close())

const view = (name: string) => ({
  page: 'report' as const,
  name,
  search: { severity: ['critical'], q: 'os.system' },
})

describe('saved views', () => {
  test('are kept with what they show, by name', async () => {
    const second = await open.client.views.save(view('b'))
    const first = await open.client.views.save(view('a'))
    expect(await open.client.views.list()).toEqual([first, second])
    expect(first.search).toEqual({ severity: ['critical'], q: 'os.system' })
  })
  test('are renamed and changed under their id', async () => {
    const { id } = await open.client.views.save(view('a'))
    await open.client.views.save({ ...view('b'), id, search: {} })
    expect(await open.client.views.list()).toEqual([{ id, page: 'report', name: 'b', search: {} }])
  })
  test('have a name that no other view of the page has', async () => {
    await open.client.views.save(view('a'))
    await expect(open.client.views.save(view(' a '))).rejects.toMatchObject({
      code: 'NAME_TAKEN',
      data: { name: 'a' },
    })
    await open.client.views.save({ ...view('a'), page: 'history' })
    expect(await open.client.views.list()).toHaveLength(2)
  })
  test('are removed once', async () => {
    const { id } = await open.client.views.save(view('a'))
    expect(await open.client.views.remove({ id })).toEqual({ removed: true })
    expect(await open.client.views.remove({ id })).toEqual({ removed: false })
  })
})

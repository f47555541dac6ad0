import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenConsole, openConsole } from '../../fixtures/console'

let open: OpenConsole
beforeAll(() => {
  open = openConsole()
})
afterAll(() => open.close())

describe('the local workspace of a new console', () => {
  it('is started by whoever asks it first, and knows who they are without being asked for that', async () => {
    const { backend } = open.console
    expect(await open.client.account.state()).toMatchObject({ link: 'idle', me: null })
    await backend.read('list_boards', {})
    for await (const { me } of backend.watch(AbortSignal.timeout(60_000))) if (me !== null) break
    expect(backend.state().me).toMatchObject({ email: 'mira@sample.local' })
  }, 180_000)

  it('holds sample data, and says so to whoever looks for their account', async () => {
    const state = await open.client.account.open()
    expect(open.log).toEqual([])
    expect(state).toMatchObject({ kind: 'local', link: 'connected', signedIn: true, sample: true })
    expect(state.me).toMatchObject({ email: 'mira@sample.local', roles: ['seller'], sample: true })
  }, 180_000)

  it('has listings in several states, boards of several machines, prices and an appeal', async () => {
    const { backend } = open.console
    const published = await backend.read('list_listings', {
      p_query: { scope: 'published', state: null, category: null, text: '', sort: 'name' },
      p_after: null,
      p_limit: 100,
    })
    expect(published.rows.length).toBeGreaterThanOrEqual(4)
    expect(published.rows.every(({ seller }) => seller.sample)).toBe(true)
    const { rows: boards } = await backend.read('list_boards', {})
    const sound = boards.find(({ suiteId }) => suiteId === 'sample-sound')
    expect(sound?.hardwareClasses.length).toBeGreaterThanOrEqual(3)
    const voice = published.rows.find(({ name }) => name === 'Voice Gate Small')
    const listing = await backend.read('get_listing', { p_id: voice?.id ?? '' })
    expect(listing.prices.length).toBe(3)
    await open.client.account.switchRole({ role: 'moderator' })
    const all = await backend.read('list_listings', {
      p_query: { scope: 'all', state: 'restricted', category: null, text: '', sort: 'name' },
      p_after: null,
      p_limit: 100,
    })
    expect(all.rows).toMatchObject([{ name: 'Receipt Lines', appealed: true }])
  })

  it('lets one go on in each role', async () => {
    for (const role of ['seller', 'moderator', 'admin'] as const) {
      const { me } = await open.client.account.switchRole({ role })
      expect(me?.roles).toContain(role)
    }
  })

  it('gives a sample person the roles of their sample again, and records that', async () => {
    const { backend } = open.console
    const { rows } = await backend.read('list_people', {
      p_text: 'odell',
      p_role: null,
      p_after: null,
      p_limit: 1,
    })
    const id = rows[0]?.id ?? ''
    const args = { p_user_id: id, p_role: 'moderator' as const, p_reason: 'For a test' }
    await backend.write('revoke_role', randomUUID(), args)
    await open.client.account.switchRole({ role: 'moderator' })
    await open.client.account.switchRole({ role: 'admin' })
    const about = { p_kind: null, p_actor: null, p_subject: id, p_after: null, p_limit: 2 }
    expect((await backend.read('list_audit', about)).rows).toMatchObject([
      { kind: 'role.granted', actor: null, body: { role: 'moderator' } },
      { kind: 'role.revoked', body: { role: 'moderator', reason: 'For a test' } },
    ])
  })

  it('says what a removal deletes, and deletes that', async () => {
    const { listings, results } = await open.client.account.sampleContents()
    expect(listings).toBeGreaterThanOrEqual(7)
    expect(results).toBeGreaterThanOrEqual(11)
    expect(await open.client.account.removeSample()).toMatchObject({
      sample: false,
      signedIn: true,
    })
    expect(await open.client.account.sampleContents()).toMatchObject({ listings: 0, results: 0 })
    const { rows } = await open.console.backend.read('list_boards', {})
    expect(rows).toEqual([])
  })

  it('starts over as new', async () => {
    const state = await open.client.account.resetWorkspace()
    expect(state).toMatchObject({ sample: true, signedIn: true, me: { roles: ['seller'] } })
  }, 180_000)
})

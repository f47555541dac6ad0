import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type TestDatabase, type TestUser } from '../fixtures/database'
import { directBackend } from '../fixtures/direct-backend'

let database: TestDatabase
let admin: TestUser
beforeAll(async () => {
  database = await openDatabase()
  admin = await database.createUser('ada', { roles: ['admin'] })
})
afterAll(() => database.close())

let count = 0
const newUser = (more: Parameters<TestDatabase['createUser']>[1] = {}) =>
  database.createUser(`person${++count}`, more)
const backendOf = (user: TestUser) => directBackend(database.as(user))
const grant = (as: TestUser, to: TestUser, role: 'seller' | 'moderator' | 'admin') =>
  backendOf(as).write('grant_role', randomUUID(), {
    p_user_id: to.id,
    p_role: role,
    p_reason: 'they help',
  })
const code = (value: string) => expect.objectContaining({ code: value })

describe('an account', () => {
  test('becomes a person and a seller when it signs up', async () => {
    const user = await newUser()
    const me = await backendOf(user).read('get_me', {})
    expect(me).toMatchObject({
      id: user.id,
      email: user.email,
      roles: ['seller'],
      permissions: ['listings.write'],
      suspendedUntil: null,
      aal: 'aal1',
      organisations: [],
      invitations: [],
    })
  })

  test('gets another handle where its own is taken', async () => {
    const id = randomUUID()
    await database.sql(
      `insert into auth.users (id, email, raw_user_meta_data) values ($1, $2, '{"handle": "Ada"}')`,
      [id, `${id}@example.test`],
    )
    const [row] = await database.sql<{ handle: string }>(
      'select handle from public.profiles where id = $1',
      [id],
    )
    expect(row?.handle).toMatch(/^ada-[0-9a-f]{6}$/)
  })

  test('shows nothing of its address in its handle', async () => {
    const id = randomUUID()
    await database.sql('insert into auth.users (id, email) values ($1, $2)', [
      id,
      'secret.name@example.test',
    ])
    const [row] = await database.sql<{ handle: string }>(
      'select handle from public.profiles where id = $1',
      [id],
    )
    expect(row?.handle).toMatch(/^person/)
  })

  test('puts its roles into the token, where they decide nothing', async () => {
    const user = await newUser()
    const rows = await database.engine.transaction(async (session) => {
      await session.script('set local role supabase_auth_admin')
      return session.query<{ event: { claims: { user_roles: string[] } } }>(
        'select private.custom_access_token_hook($1::jsonb) as event',
        [JSON.stringify({ user_id: admin.id, claims: { sub: admin.id } })],
      )
    })
    expect(rows[0]?.event.claims.user_roles).toEqual(['seller', 'admin'])
    const forged = { ...user.claims, user_roles: ['admin'], app_metadata: { role: 'admin' } }
    const answer = await database.as(forged).call('list_invitations')
    expect(answer).toMatchObject({ status: 403, body: { message: 'permission_required' } })
  })

  test('changes its own profile, and takes no handle of somebody else', async () => {
    const user = await newUser()
    const changed = await backendOf(user).write('update_profile', randomUUID(), {
      p_handle: 'new-handle',
      p_display_name: ' Grace ',
    })
    expect(changed).toEqual({
      id: user.id,
      handle: 'new-handle',
      displayName: 'Grace',
      sample: false,
      replayed: false,
    })
    const taken = backendOf(user).write('update_profile', randomUUID(), {
      p_handle: 'ada',
      p_display_name: '',
    })
    await expect(taken).rejects.toEqual(code('already_exists'))
  })
})

describe('the list of people', () => {
  test('is for staff only', async () => {
    const args = { p_text: '', p_role: null, p_after: null, p_limit: 10 }
    await expect(backendOf(await newUser()).read('list_people', args)).rejects.toEqual(
      code('permission_required'),
    )
  })

  test('comes in pages without gap or double, and is searched by the start of any word', async () => {
    const backend = backendOf(admin)
    const names = Array.from({ length: 7 }, (_, index) => `lister-${index}`)
    for (const name of names) await database.createUser(name)
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: { rows: { handle: string }[]; next: string | null } = await backend.read(
        'list_people',
        { p_text: '', p_role: null, p_after: after, p_limit: 3 },
      )
      seen.push(...page.rows.map(({ handle }) => handle))
      after = page.next
    } while (after !== null)
    expect(seen).toEqual([...new Set(seen)].sort())
    expect(seen).toEqual(expect.arrayContaining(names))
    const found = async (text: string) =>
      (
        await backend.read('list_people', { p_text: text, p_role: null, p_after: null, p_limit: 9 })
      ).rows.map(({ handle }) => handle)
    expect(await found('lister')).toEqual(names)
    expect(await found('LISTER-3@exam')).toEqual(['lister-3'])
    expect(await found(`' | zz:* & !a`)).toEqual([])
    expect(await found('\\')).toEqual([])
  })

  test('can be narrowed to a role', async () => {
    const page = await backendOf(admin).read('list_people', {
      p_text: '',
      p_role: 'admin',
      p_after: null,
      p_limit: 100,
    })
    expect(page.rows.every(({ roles }) => roles.includes('admin'))).toBe(true)
    expect(page.rows.map(({ id }) => id)).toContain(admin.id)
  })
})

describe('roles', () => {
  test('are granted by who manages people, and by nobody to themselves', async () => {
    const user = await newUser()
    await expect(grant(user, user, 'admin')).rejects.toEqual(code('permission_required'))
    await expect(grant(admin, admin, 'moderator')).rejects.toEqual(code('own_subject'))
    expect(await grant(admin, user, 'moderator')).toMatchObject({
      roles: ['seller', 'moderator'],
      approvalId: null,
    })
  })

  test('change what a person may at once, without a new token', async () => {
    const user = await newUser({ roles: ['moderator'] })
    const audit = { p_kind: null, p_actor: null, p_subject: null, p_after: null, p_limit: 1 }
    await backendOf(user).read('list_audit', audit)
    await backendOf(admin).write('revoke_role', randomUUID(), {
      p_user_id: user.id,
      p_role: 'moderator',
      p_reason: 'left',
    })
    await expect(backendOf(user).read('list_audit', audit)).rejects.toEqual(
      code('permission_required'),
    )
  })

  test('need a second factor where the workspace asks for one', async () => {
    const user = await newUser()
    await database.sql('update private.workspace set require_mfa = true')
    try {
      await expect(grant(admin, user, 'moderator')).rejects.toEqual(code('mfa_required'))
      const strong = { ...admin, claims: { ...admin.claims, aal: 'aal2' } }
      await grant(strong, user, 'moderator')
    } finally {
      await database.sql('update private.workspace set require_mfa = false')
    }
  })

  test('leave one admin who can act', async () => {
    const revoke = (who: TestUser) =>
      backendOf(admin).write('revoke_role', randomUUID(), {
        p_user_id: who.id,
        p_role: 'admin',
        p_reason: 'stepping down',
      })
    await expect(revoke(admin)).rejects.toEqual(code('last_admin'))
    const second = await newUser()
    await grant(admin, second, 'admin')
    await database.sql(
      `update private.accounts set suspended_until = 'infinity' where user_id = $1`,
      [second.id],
    )
    await expect(revoke(admin)).rejects.toEqual(code('last_admin'))
    await revoke(second)
  })
})

describe('a third admin', () => {
  const decide = (who: TestUser, id: string, approve: boolean) =>
    backendOf(who).write('decide_approval', randomUUID(), {
      p_id: id,
      p_approve: approve,
      p_reason: 'looked at it',
    })
  async function asked() {
    const second = await newUser({ roles: ['admin'] })
    const third = await newUser()
    const { approvalId } = await grant(admin, third, 'admin')
    return { second, third, approvalId: String(approvalId) }
  }

  test('waits for a second person, who is neither who asked nor the one it is about', async () => {
    const { second, third, approvalId } = await asked()
    expect((await backendOf(third).read('get_me', {})).roles).toEqual(['seller'])
    await expect(decide(admin, approvalId, true)).rejects.toEqual(code('four_eyes'))
    await expect(decide(third, approvalId, true)).rejects.toEqual(code('not_found'))
    expect(await decide(second, approvalId, true)).toMatchObject({ state: 'approved' })
    expect((await backendOf(third).read('get_me', {})).roles).toEqual(['seller', 'admin'])
    await expect(decide(second, approvalId, false)).rejects.toEqual(code('state_conflict'))
  })

  test('stays a seller when it is refused, and can be asked for again', async () => {
    const { second, third, approvalId } = await asked()
    await expect(grant(second, third, 'admin')).rejects.toEqual(code('already_exists'))
    expect(await decide(second, approvalId, false)).toMatchObject({ state: 'refused' })
    expect((await backendOf(third).read('get_me', {})).roles).toEqual(['seller'])
    expect((await grant(second, third, 'admin')).approvalId).not.toBeNull()
  })

  test('is not approved after seven days, nor for somebody who lost the right to ask', async () => {
    const { second, approvalId } = await asked()
    await database.sql(
      `update public.approvals set expires_at = now() - interval '1 second' where id = $1`,
      [approvalId],
    )
    await expect(decide(second, approvalId, true)).rejects.toEqual(code('state_conflict'))
    const listed = await backendOf(second).read('list_approvals', {})
    expect(listed.rows.find(({ id }) => id === approvalId)?.state).toBe('expired')

    const asker = await newUser({ roles: ['admin'] })
    const { approvalId: other } = await grant(asker, await newUser(), 'admin')
    await database.sql(`delete from public.user_roles where user_id = $1 and role = 'admin'`, [
      asker.id,
    ])
    await expect(decide(second, String(other), true)).rejects.toEqual(code('state_conflict'))
  })
})

describe('an invitation', () => {
  const invite = async (email: string, role: 'seller' | 'moderator' | 'admin') => {
    const id = randomUUID()
    await backendOf(admin).write('invite_person', randomUUID(), {
      p_id: id,
      p_email: email,
      p_role: role,
      p_reason: 'to help with reviews',
    })
    return id
  }
  const accept = (who: TestUser, id: string) =>
    backendOf(who).write('accept_invitation', randomUUID(), { p_id: id })

  test('is seen and accepted by whoever proved the address, and by nobody else', async () => {
    const user = await newUser()
    const id = await invite(user.email.toUpperCase(), 'moderator')
    await expect(accept(await newUser(), id)).rejects.toEqual(code('not_found'))
    const me = await backendOf(user).read('get_me', {})
    expect(me.invitations).toMatchObject([{ id, role: 'moderator', invitedBy: { handle: 'ada' } }])
    await accept(user, id)
    expect((await backendOf(user).read('get_me', {})).roles).toEqual(['seller', 'moderator'])
    await expect(accept(user, id)).rejects.toEqual(code('state_conflict'))
  })

  test('is not for an address that nobody confirmed', async () => {
    const user = await newUser({ verified: false })
    const id = await invite(user.email, 'moderator')
    expect((await backendOf(user).read('get_me', {})).invitations).toEqual([])
    await expect(accept(user, id)).rejects.toEqual(code('email_unverified'))
    await database.sql('update auth.users set email_confirmed_at = now() where id = $1', [user.id])
    await accept(user, id)
  })

  test('ends when it is old, revoked, or its sender may no longer invite', async () => {
    const user = await newUser()
    const revoked = await invite(user.email, 'seller')
    await backendOf(admin).write('revoke_invitation', randomUUID(), {
      p_id: revoked,
      p_reason: 'by mistake',
    })
    await expect(accept(user, revoked)).rejects.toEqual(code('invitation_expired'))
    const old = await invite(user.email, 'moderator')
    await database.sql('update public.invitations set expires_at = now() where id = $1', [old])
    await expect(accept(user, old)).rejects.toEqual(code('invitation_expired'))

    const sender = await newUser({ roles: ['admin'] })
    const orphan = randomUUID()
    await backendOf(sender).write('invite_person', randomUUID(), {
      p_id: orphan,
      p_email: user.email,
      p_role: 'moderator',
      p_reason: 'to help',
    })
    await database.sql(`delete from public.user_roles where user_id = $1 and role = 'admin'`, [
      sender.id,
    ])
    await expect(accept(user, orphan)).rejects.toEqual(code('invitation_expired'))
  })

  test('to be an admin waits for a second one where there are two', async () => {
    await newUser({ roles: ['admin'] })
    const user = await newUser()
    const { approvalId } = await accept(user, await invite(user.email, 'admin'))
    expect(approvalId).not.toBeNull()
    expect((await backendOf(user).read('get_me', {})).roles).toEqual(['seller'])
  })
})

describe('a suspended person', () => {
  test('changes nothing until then, whatever the token says', async () => {
    const user = await newUser()
    const until = new Date(Date.now() + 86_400_000).toISOString()
    const suspend = (p_until: string | null) =>
      backendOf(admin).write('suspend_person', randomUUID(), {
        p_user_id: user.id,
        p_until,
        p_reason: 'under review',
      })
    await suspend(until)
    const rename = () =>
      backendOf(user).write('update_profile', randomUUID(), {
        p_handle: 'still-here',
        p_display_name: '',
      })
    await expect(rename()).rejects.toEqual(code('account_suspended'))
    expect((await backendOf(user).read('get_me', {})).suspendedUntil).not.toBeNull()
    await suspend(null)
    await rename()
  })

  test('is never oneself', async () => {
    const own = backendOf(admin).write('suspend_person', randomUUID(), {
      p_user_id: admin.id,
      p_until: null,
      p_reason: 'for fun',
    })
    await expect(own).rejects.toEqual(code('own_subject'))
  })
})

describe('an organisation', () => {
  const save = (who: TestUser, id: string, handle: string) =>
    backendOf(who).write('save_organisation', randomUUID(), {
      p_id: id,
      p_handle: handle,
      p_display_name: 'Models & Sons',
    })
  const member = (who: TestUser, id: string, handle: string, role: 'owner' | 'member' | null) =>
    backendOf(who).write('save_member', randomUUID(), {
      p_organisation_id: id,
      p_handle: handle,
      p_role: role,
    })
  const handleOf = async (user: TestUser) => (await backendOf(user).read('get_me', {})).handle

  test('belongs to who made it, is seen by members, and keeps an owner', async () => {
    const [owner, other, stranger] = [await newUser(), await newUser(), await newUser()]
    const id = randomUUID()
    await save(owner, id, 'models-and-sons')
    await expect(save(other, id, 'taken-over')).rejects.toEqual(code('already_exists'))
    await member(owner, id, await handleOf(other), 'member')
    await expect(save(other, id, 'taken-over')).rejects.toEqual(code('permission_required'))
    await expect(member(stranger, id, await handleOf(stranger), 'owner')).rejects.toEqual(
      code('not_found'),
    )
    expect((await backendOf(other).read('get_me', {})).organisations).toMatchObject([
      { id, handle: 'models-and-sons', role: 'member' },
    ])
    expect((await backendOf(stranger).read('get_me', {})).organisations).toEqual([])
    await expect(member(owner, id, await handleOf(owner), null)).rejects.toEqual(code('last_owner'))
    await member(owner, id, await handleOf(other), 'owner')
    await member(owner, id, await handleOf(owner), null)
    await member(owner, id, await handleOf(owner), null).then(
      () => expect.unreachable(),
      (error: unknown) => expect(error).toEqual(code('not_found')),
    )
  })

  test('takes no handle of a person', async () => {
    await expect(save(await newUser(), randomUUID(), 'ada')).rejects.toEqual(code('already_exists'))
  })
})

test('the owner of the database makes the first admin by address', async () => {
  const fresh = await openDatabase()
  try {
    const user = await fresh.createUser('first')
    const info = () => directBackend(fresh.as(null)).read('server_info', {})
    expect((await info()).withoutAdmin).toBe(true)
    await fresh.engine.transaction(async (session) => {
      await session.script('set local role migrator')
      await session.query('select private.make_admin($1)', [user.email])
    })
    expect((await info()).withoutAdmin).toBe(false)
  } finally {
    await fresh.close()
  }
})

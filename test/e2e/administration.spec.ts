import type { Page } from '@playwright/test'
import { expectNoBarrier } from './fixtures/barriers'
import { expect, type RunningConsole, test } from './fixtures/console'

/** The first start of a workspace makes its database. */
const FIRST_START = { timeout: 120_000 }
const REASON = 'Because the test says so'
/** Not one of the samples: choosing a sample gives it the roles of a sample again. */
const SECOND = 'second@example.com'

async function become(
  page: Page,
  console: RunningConsole,
  role: 'Seller' | 'Moderator' | 'Admin',
): Promise<void> {
  await page.goto(`${console.origin}/#/account`)
  const choice = page.getByRole('radio', { name: role })
  await expect(choice).toBeVisible(FIRST_START)
  await choice.click()
  await expect(choice).toBeChecked()
}

const go = (page: Page, console: RunningConsole, route: string) =>
  page.goto(`${console.origin}/#${route}`)

async function signOut(page: Page, console: RunningConsole): Promise<void> {
  await go(page, console, '/account')
  const session = page.getByRole('region', { name: 'Session' })
  await expect(session).toBeVisible(FIRST_START)
  await session.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByLabel('E-mail address').fill(SECOND)
  await page.getByLabel('Password').fill('correct horse battery')
}

/** Opens the detail of somebody under People. */
async function select(page: Page, name: string) {
  const table = page.getByRole('grid', { name: 'People' })
  await table.getByRole('row', { name: new RegExp(name) }).click()
  const detail = page.getByRole('region', { name: 'The selected person' })
  await expect(detail.getByRole('heading', { name })).toBeVisible()
  return detail
}

/** Fills the reason of the open dialog and does it. */
async function confirm(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill(REASON)
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await expect(dialog).toHaveCount(0)
}

test('a seller is told which role a page of staff takes, and finds it at the end of the sidebar', async ({
  page,
  console,
}) => {
  test.slow()
  await become(page, console, 'Seller')
  const sidebar = page.getByRole('navigation', { name: 'Pages' })
  await expect(sidebar.getByRole('link').last()).toHaveText('Limits')
  await sidebar.getByRole('link', { name: 'People and roles' }).click()
  await expect(page.getByText('Your role does not allow this')).toBeVisible()
  await expect(page.getByText(/Moderator and Admin may come here/)).toBeVisible()
  await sidebar.getByRole('link', { name: 'Limits' }).click()
  await expect(page.getByText(/Admin may come here/)).toBeVisible()
  await go(page, console, '/activity?of=server')
  await expect(page.getByText(/Moderator and Admin may come here/)).toBeVisible()
  await page.getByRole('tab', { name: 'This computer' }).click()
  await expect(page.getByText('Your role does not allow this')).toHaveCount(0)
})

test('an admin grants, revokes, suspends and invites; a further admin takes two', async ({
  page,
  console,
}) => {
  test.slow()
  await signOut(page, console)
  await page.getByRole('button', { name: 'Create an account' }).click()
  await expect(page.getByRole('region', { name: 'Who you are' }).getByText(SECOND)).toBeVisible()
  await become(page, console, 'Admin')
  await go(page, console, '/people')
  const nils = await select(page, 'Nils Sample')
  await nils.getByRole('button', { name: 'Grant a role…' }).click()
  await page.getByRole('dialog').getByLabel('Role').selectOption('Moderator')
  await confirm(page, 'Grant')
  await expect(nils.getByRole('button', { name: 'Revoke Moderator' })).toBeVisible()
  await nils.getByRole('button', { name: 'Revoke Moderator' }).click()
  await confirm(page, 'Revoke')
  await expect(nils.getByRole('button', { name: 'Revoke Moderator' })).toHaveCount(0)
  await nils.getByRole('button', { name: 'Suspend…' }).click()
  await confirm(page, 'Suspend')
  await expect(nils.getByText(/Suspended until/)).toBeVisible()
  await nils.getByRole('button', { name: 'End the suspension…' }).click()
  await confirm(page, 'End it')
  await expect(nils.getByText(/Suspended until/)).toHaveCount(0)

  // The last admin stays one.
  const ines = await select(page, 'Ines Sample')
  await expect(ines.getByRole('button', { name: 'Revoke Admin' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await expect(ines.getByRole('paragraph').filter({ hasText: 'The last admin.' })).toBeVisible()

  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('i')
  await page.getByLabel('E-mail address').fill('new@example.com')
  await confirm(page, 'Invite')
  await page.getByRole('tab', { name: 'Invitations' }).click()
  await page.getByRole('button', { name: 'Revoke the invitation of new@example.com' }).click()
  await confirm(page, 'Revoke')
  await expect(page.getByText('Nobody is invited')).toBeVisible()

  // The second admin is made at once, the third waits for the second.
  await page.getByRole('tab', { name: 'People', exact: true }).click()
  // Whoever signs up without a name is called that, so that no address shows.
  const second = await select(page, 'person')
  await second.getByRole('button', { name: 'Grant a role…' }).click()
  await page.getByRole('dialog').getByLabel('Role').selectOption('Admin')
  await confirm(page, 'Grant')
  await expect(second.getByRole('button', { name: 'Revoke Admin' })).toBeVisible()
  const tove = await select(page, 'Tove Sample')
  await tove.getByRole('button', { name: 'Grant a role…' }).click()
  await page.getByRole('dialog').getByLabel('Role').selectOption('Admin')
  await confirm(page, 'Grant')
  await page.getByRole('tab', { name: 'Waiting for a second person' }).click()
  const approve = page.getByRole('button', { name: /^Approve: Make admin/ })
  await expect(approve).toHaveAttribute('aria-disabled', 'true')

  // Somebody else is not shown what an admin had read.
  await become(page, console, 'Moderator')
  await go(page, console, '/people?tab=approvals')
  await expect(page.getByText('Nothing waits')).toBeVisible()
  await expect(approve).toHaveCount(0)

  await signOut(page, console)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Who you are' }).getByText(SECOND)).toBeVisible()
  await go(page, console, '/people?tab=approvals')
  await approve.click()
  await confirm(page, 'Approve')
  await expect(page.getByText('Approved', { exact: true })).toBeVisible()

  await go(page, console, '/activity?of=server')
  await page.getByRole('combobox', { name: 'Event' }).selectOption('Role granted')
  const events = page.getByRole('grid', { name: 'Events of the server, newest first' })
  await events.getByRole('row').nth(1).click()
  const detail = page.getByRole('region', { name: 'The selected event of the server' })
  await detail.getByRole('button', { name: 'Only by this person' }).click()
  await expect(page.getByRole('button', { name: /^Remove the filter: By/ })).toBeVisible()
  await expect(events.getByRole('row').nth(1)).toContainText('Role granted')
})

test('a limit is changed after seeing what it would have done, and set back', async ({
  page,
  console,
}) => {
  test.slow()
  await become(page, console, 'Admin')
  await go(page, console, '/limits')
  await page.getByRole('searchbox', { name: 'Search by function' }).fill('save_listing')
  const table = page.getByRole('grid', { name: 'Limits by function' })
  await table.getByRole('row').nth(1).click()
  await table.focus()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  const before = await dialog.getByLabel('Calls at once').inputValue()
  await dialog.getByLabel('Calls at once').fill('1')
  await dialog.getByLabel('Calls a minute after that').fill('0.01')
  await expect(dialog.getByRole('status')).toContainText(/Would have refused|Nobody called it/)
  await confirm(page, 'Save')
  const detail = page.getByRole('region', { name: 'The selected limit' })
  await expect(detail).toContainText('1 call at once')
  await detail.getByRole('button', { name: 'Undo the last change…' }).click()
  await confirm(page, 'Set back')
  await expect(detail).toContainText(`${before} calls at once`)
  await detail.getByRole('button', { name: /table/i }).click()
  await expect(detail.getByRole('columnheader', { name: 'Refused' })).toBeVisible()
})

test('pages of staff have no barrier', async ({ page, console }) => {
  test.slow()
  await become(page, console, 'Admin')
  for (const route of [
    '/people',
    '/people?tab=invitations',
    '/people?tab=approvals',
    '/limits',
    '/activity?of=server',
  ]) {
    await go(page, console, route)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('.animate-pulse')).toHaveCount(0)
    if (!route.includes('tab=')) await page.getByRole('grid').getByRole('row').nth(1).click()
    await expectNoBarrier(page, route)
  }
})

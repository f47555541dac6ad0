import { COMMAND_IDS, describeCommand } from '@shared/commands'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMenu } from '../../../electron/main/menu'
import { Menu, type MenuTemplate } from '../../doubles/electron'
import { type Host, startHost } from './host'

let host: Host
beforeAll(async () => {
  host = await startHost()
})
afterAll(() => host.close())

const flatten = (items: readonly MenuTemplate[]): MenuTemplate[] =>
  items.flatMap((item) => [item, ...flatten(item.submenu ?? [])])
const items = () => flatten(Menu.application?.template ?? [])
const commands = () => items().filter((item) => item.id !== undefined)

test('the menu offers exactly the commands that name a menu, with the titles of the palette', () => {
  const listed = COMMAND_IDS.filter((id) => describeCommand(id).menu !== undefined)
  expect(
    commands()
      .map((item) => item.id)
      .sort(),
  ).toEqual([...listed].sort())
  for (const item of commands())
    expect(item.label).toBe(
      COMMAND_IDS.filter((id) => id === item.id).map((id) => describeCommand(id).title)[0],
    )
})
test('a click hands the command to the page', () => {
  commands()
    .find((item) => item.id === 'go.history')
    ?.click?.()
  expect(host.window.webContents.sent.at(-1)).toEqual({ channel: 'command', args: ['go.history'] })
})
test('keys are shown but left to the page, which would otherwise hear them twice', () => {
  const settings = commands().find((item) => item.id === 'go.settings')
  expect(settings).toMatchObject({ accelerator: 'CommandOrControl+,', registerAccelerator: false })
  const files = commands().find((item) => item.id === 'scan.files')
  expect(files?.accelerator).toBe('CommandOrControl+Shift+O')
  expect(
    commands().filter((item) => item.accelerator && item.registerAccelerator !== false),
  ).toEqual([])
})
test('chords and plain keys are not shown as accelerators', () => {
  expect(commands().find((item) => item.id === 'go.scan')?.accelerator).toBeUndefined()
})
test.each([
  ['darwin', true],
  ['linux', false],
] as const)('on %s the application menu is there: %s', (system, expected) => {
  const menu: unknown = createMenu({ system, developerTools: false, run() {} })
  if (!(menu instanceof Menu)) throw new Error('Not a menu of the double.')
  const roles = flatten(menu.template).map((item) => item.role)
  expect(roles.includes('appMenu')).toBe(expected)
  expect(roles).toContain('editMenu')
  expect(roles).not.toContain('toggleDevTools')
})

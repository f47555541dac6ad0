import {
  COMMAND_IDS,
  type CommandDescription,
  type CommandId,
  describeCommand,
} from '@shared/commands'
import { Menu, type MenuItemConstructorOptions } from 'electron'

export interface MenuOptions {
  system: NodeJS.Platform
  developerTools: boolean
  /** Hands the command to the page, which knows what it means there and now. */
  run(id: CommandId): void
}

/** The commands that name a menu, in their order, between what each system expects. */
export function createMenu(options: MenuOptions): Menu {
  const mac = options.system === 'darwin'
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const commands = (menu: NonNullable<CommandDescription['menu']>) =>
    COMMAND_IDS.filter((id) => describeCommand(id).menu === menu).map((id) =>
      commandItem(id, options.run),
    )
  const developer: MenuItemConstructorOptions[] = options.developerTools
    ? [separator, { role: 'reload' }, { role: 'toggleDevTools' }]
    : []
  return Menu.buildFromTemplate([
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [...commands('file'), separator, { role: mac ? 'close' : 'quit' }],
    },
    // Without it macOS has no copy and paste in text fields.
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        ...commands('view'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { label: '&Go', submenu: commands('go') },
    { role: 'windowMenu' },
    { role: 'help', label: '&Help', submenu: commands('help') },
  ])
}

function commandItem(id: CommandId, run: (id: CommandId) => void): MenuItemConstructorOptions {
  const { title, keys } = describeCommand(id)
  const accelerator = keys?.map(acceleratorOf).find((found) => found !== undefined)
  return {
    id,
    label: title,
    click: () => run(id),
    // Shown only: the page listens for the keys itself, and must not hear of them twice.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  }
}

/** 'mod+shift+o' -> 'CommandOrControl+Shift+O'. Plain keys and chords have no place in a menu. */
function acceleratorOf(keys: string): string | undefined {
  const [first, ...rest] = keys.split('+')
  if (first !== 'mod') return undefined
  const names = rest.map((key) => key.charAt(0).toUpperCase() + key.slice(1))
  return ['CommandOrControl', ...names].join('+')
}

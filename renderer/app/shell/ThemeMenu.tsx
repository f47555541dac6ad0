import { useChangeSetting } from '../../settings/use-settings'
import { IconButton } from '../../ui/Button'
import { Menu, MenuChoice } from '../../ui/Menu'
import { notify } from '../../ui/toast'
import { text } from '../messages'
import { useStore } from '../store'
import { appearance, THEMES } from '../theme'
import { ThemeIcon } from './ThemeIcon'

export function ThemeMenu({ defaultOpen = false }: { defaultOpen?: boolean }) {
  const { theme } = useStore(appearance)
  const change = useChangeSetting()
  const choose = async (value: typeof theme) => {
    const problem = await change('appearance.theme', value)
    if (problem !== null) notify({ tone: 'error', title: problem })
  }
  return (
    <Menu
      defaultOpen={defaultOpen}
      trigger={<IconButton label={text.theme} icon={<ThemeIcon theme={theme} />} />}
    >
      <MenuChoice
        label={text.theme}
        value={theme}
        options={THEMES.map((value) => ({
          value,
          label: text.themes[value],
          icon: <ThemeIcon theme={value} />,
        }))}
        onChange={(value) => void choose(value)}
      />
    </Menu>
  )
}

import { useStore } from '@renderer/app/store'
import { appearance, DENSITIES } from '@renderer/app/theme'
import { useChangeSetting } from '@renderer/settings/use-settings'
import { Rows3 } from 'lucide-react'
import { IconButton } from '../Button'
import { Menu, MenuChoice } from '../Menu'
import { notify } from '../toast'
import { text } from './messages'

/** The height of rows, beside the list it changes; Settings has the same choice. */
export function DensityMenu() {
  const { density } = useStore(appearance)
  const change = useChangeSetting()
  return (
    <Menu
      trigger={
        <IconButton label={text.density} icon={<Rows3 aria-hidden="true" className="size-3.5" />} />
      }
    >
      <MenuChoice
        label={text.density}
        value={density}
        options={DENSITIES.map((value) => ({ value, label: text.densities[value] }))}
        onChange={(value) =>
          void change('appearance.density', value).then(
            (problem) => problem !== null && notify({ tone: 'error', title: problem }),
          )
        }
      />
    </Menu>
  )
}

import { useState } from 'react'
import { lazyComponent } from '../../ui/lazy-component'
import { AccountButton } from './AccountButton'

export const AccountMenu = lazyComponent(
  async () => (await import('./AccountMenu')).AccountMenu,
  () => <AccountButton />,
)

/** A plain button until it is wanted, as the theme menu. */
export function AccountControl() {
  const [wanted, setWanted] = useState(false)
  if (wanted) return <AccountMenu defaultOpen />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only fetches code ahead of the click
    <span
      onPointerEnter={() => void AccountMenu.preload()}
      onFocus={() => void AccountMenu.preload()}
    >
      <AccountButton onClick={() => setWanted(true)} />
    </span>
  )
}

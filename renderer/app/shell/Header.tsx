import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../ui/Button'
import { cx } from '../../ui/cx'
import { KeyHint } from '../../ui/KeyHint'
import { lazyComponent } from '../../ui/lazy-component'
import { type Connection, connection } from '../connection'
import { text } from '../messages'
import { useStore } from '../store'
import { appearance } from '../theme'
import { AccountControl } from './AccountControl'
import { openOverlay } from './layout'
import { ThemeIcon } from './ThemeIcon'

export const ThemeMenu = lazyComponent(
  async () => (await import('./ThemeMenu')).ThemeMenu,
  () => <ThemeButton />,
)

function ThemeButton({ onClick }: { onClick?: () => void }) {
  const { theme } = useStore(appearance)
  return (
    <IconButton
      label={text.theme}
      icon={<ThemeIcon theme={theme} />}
      aria-haspopup="menu"
      {...(onClick && { onClick })}
    />
  )
}

/** A plain button until it is wanted: the menu's code is not part of the first screen. */
function ThemeControl() {
  const [wanted, setWanted] = useState(false)
  if (wanted) return <ThemeMenu defaultOpen />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only fetches code ahead of the click
    <span onPointerEnter={() => void ThemeMenu.preload()} onFocus={() => void ThemeMenu.preload()}>
      <ThemeButton onClick={() => setWanted(true)} />
    </span>
  )
}

export function Header() {
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line bg-surface px-3">
      <Link to="/" className="w-46 shrink-0 truncate font-semibold max-[1100px]:w-auto">
        {text.name}
      </Link>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => openOverlay.set('palette')}
        className="flex h-7 w-[320px] min-w-0 items-center gap-2 rounded-control border border-line-strong bg-surface px-2 text-muted transition-colors hover:bg-sunken"
      >
        <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
        <span className="flex-1 truncate text-left">{text.searchOrRun}</span>
        <KeyHint keys="mod+k" />
      </button>
      <div className="ml-auto flex items-center gap-3">
        <ConnectionState />
        <AccountControl />
        <ThemeControl />
      </div>
    </header>
  )
}

const DOT: Record<Connection['state'], string> = {
  connecting: 'bg-sev-info',
  online: 'bg-ok',
  offline: 'bg-sev-high',
  slowed: 'bg-sev-high',
  refused: 'bg-sev-high',
}

function ConnectionState() {
  const { state } = useStore(connection)
  const words =
    state === 'online' ? text.online : state === 'connecting' ? text.connecting : text.notConnected
  return (
    <span role="status" className="inline-flex items-center gap-1.5 text-small text-muted">
      <span className={cx('swatch size-2 rounded-full', DOT[state])} />
      {words}
    </span>
  )
}

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx'
import { KeyHint } from './KeyHint'
import { overlay } from './overlay'

export interface MenuProps {
  /** The button that opens it, e.g. `<Button />`; gets the menu's attributes. */
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  defaultOpen?: boolean
}

export function Menu({ trigger, children, align = 'end', defaultOpen = false }: MenuProps) {
  return (
    <CSPProvider disableStyleElements>
      <Base.Root defaultOpen={defaultOpen}>
        <Base.Trigger render={trigger} />
        <Base.Portal>
          <Base.Positioner align={align} sideOffset={4} className="z-50 outline-none">
            <Base.Popup className={cx(overlay.popup, overlay.menu)}>{children}</Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </CSPProvider>
  )
}

export interface MenuItemProps {
  children: ReactNode
  icon?: ReactNode
  keys?: string | undefined
  disabled?: boolean
  onSelect(): void
}

export function MenuItem({ children, icon, keys, disabled = false, onSelect }: MenuItemProps) {
  return (
    <Base.Item className={overlay.item} disabled={disabled} onClick={onSelect}>
      {icon && <span className="text-muted [&>svg]:size-4">{icon}</span>}
      <span className="flex-1">{children}</span>
      {keys && <KeyHint keys={keys} className="ml-4 text-muted" />}
    </Base.Item>
  )
}

export interface MenuChoiceProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string; icon?: ReactNode }[]
  onChange(value: T): void
}

/** One of several, with a tick at the chosen one. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  return (
    <Base.RadioGroup
      aria-label={props.label}
      value={props.value}
      onValueChange={(value: T) => props.onChange(value)}
    >
      {props.options.map(({ value, label, icon }) => (
        <Base.RadioItem key={value} value={value} closeOnClick className={overlay.item}>
          {icon && <span className="text-muted [&>svg]:size-4">{icon}</span>}
          <span className="flex-1">{label}</span>
          <Base.RadioItemIndicator>
            <Check aria-hidden="true" className="size-4 text-accent" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx'
import { overlay } from './overlay'

export interface PopoverProps {
  trigger: ReactElement
  title: string
  children: ReactNode
  side?: 'top' | 'bottom'
  align?: 'start' | 'center' | 'end'
  defaultOpen?: boolean
}

/** A small non-modal card beside its button; its content can be read, selected and copied. */
export function Popover({ trigger, title, children, ...at }: PopoverProps) {
  return (
    <CSPProvider disableStyleElements>
      <Base.Root defaultOpen={at.defaultOpen ?? false}>
        <Base.Trigger render={trigger} />
        <Base.Portal>
          <Base.Positioner
            side={at.side ?? 'bottom'}
            align={at.align ?? 'start'}
            sideOffset={4}
            className="z-50"
          >
            <Base.Popup className={cx(overlay.popup, 'max-w-[420px] p-3')}>
              <Base.Title className="font-semibold">{title}</Base.Title>
              {children}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </CSPProvider>
  )
}

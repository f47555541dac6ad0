import { CSPProvider } from '@base-ui/react/csp-provider'
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { buttonClass } from './Button'
import { cx } from './cx'
import { text } from './messages'
import { overlay } from './overlay'

export interface DialogProps {
  open: boolean
  onClose(): void
  title: string
  /** One or two sentences under the title. */
  description?: ReactNode
  children?: ReactNode
  /** Buttons at the bottom right, the one that acts last. */
  actions?: ReactNode
  size?: 'normal' | 'medium' | 'wide'
  /** What takes the focus first; otherwise the button that closes it. */
  initialFocus?: RefObject<HTMLElement | null>
}

const WIDTHS = { normal: 'w-[440px]', medium: 'w-[560px]', wide: 'w-[720px]' }

/** A modal dialog: traps the focus, closes with Esc, gives the focus back. */
export function Dialog(props: DialogProps) {
  return (
    <CSPProvider disableStyleElements>
      <Base.Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
        <Base.Portal>
          <Base.Backdrop className={overlay.backdrop} />
          <Base.Viewport className="fixed inset-0 z-50 flex items-start justify-center p-4 pt-[12vh]">
            <Base.Popup
              {...(props.initialFocus ? { initialFocus: props.initialFocus } : {})}
              className={cx(
                overlay.popup,
                'flex max-h-[76vh] max-w-full flex-col rounded-dialog!',
                WIDTHS[props.size ?? 'normal'],
              )}
            >
              <div className="flex items-start gap-4 p-4 pb-2">
                <div className="min-w-0 flex-1">
                  <Base.Title className="text-section font-semibold">{props.title}</Base.Title>
                  {props.description && (
                    <Base.Description className="mt-1 text-muted">
                      {props.description}
                    </Base.Description>
                  )}
                </div>
                <Base.Close
                  aria-label={text.close}
                  className={cx(buttonClass('ghost', 'small'), 'size-7 px-0!')}
                >
                  <X aria-hidden="true" className="size-4" />
                </Base.Close>
              </div>
              <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{props.children}</div>
              {props.actions && (
                <div className="flex flex-wrap justify-end gap-2 border-t border-line p-3">
                  {props.actions}
                </div>
              )}
            </Base.Popup>
          </Base.Viewport>
        </Base.Portal>
      </Base.Root>
    </CSPProvider>
  )
}

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useStore } from '../app/store'
import { buttonClass } from './Button'
import { cx } from './cx'
import { text } from './messages'
import { NOTICE_MS, type Notice, notices, takeNotices, UNDO_MS } from './toast'

const manager = Toast.createToastManager<Notice>()

function show(notice: Notice): void {
  const { title, description, action, key, tone } = notice
  const id = manager.add({
    ...(key === undefined ? {} : { id: key }),
    title,
    description,
    data: notice,
    timeout: action ? UNDO_MS : NOTICE_MS,
    priority: tone === 'error' ? 'high' : 'low',
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          manager.close(id)
          action.run()
        },
      },
    }),
  })
}

export function Toaster() {
  const waiting = useStore(notices)
  useEffect(() => {
    if (waiting.length > 0) for (const notice of takeNotices()) show(notice)
  }, [waiting])
  return (
    <CSPProvider disableStyleElements>
      <Toast.Provider toastManager={manager} limit={3}>
        <Toast.Portal>
          <Toast.Viewport
            aria-label={text.notifications}
            className="fixed right-4 bottom-10 z-50 flex w-90 max-w-[calc(100vw-2rem)] flex-col gap-2"
          >
            <Notices />
          </Toast.Viewport>
        </Toast.Portal>
      </Toast.Provider>
    </CSPProvider>
  )
}

const EDGE = {
  plain: 'border-l-line-strong',
  ok: 'border-l-ok',
  error: 'border-l-sev-critical',
}

function Notices() {
  const { toasts } = Toast.useToastManager<Notice>()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection="right"
      className={cx(
        'rounded-card border border-l-4 border-line bg-surface shadow-overlay transition-opacity data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0',
        EDGE[toast.data?.tone ?? 'plain'],
      )}
    >
      <Toast.Content className="flex items-center gap-2 py-2 pr-2 pl-3">
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-medium wrap-anywhere" />
          <Toast.Description className="text-small text-muted wrap-anywhere" />
        </div>
        <Toast.Action className={buttonClass('link', 'small')} />
        <Toast.Close
          aria-label={text.close}
          className={cx(buttonClass('ghost', 'small'), 'size-7 px-0!')}
        >
          <X aria-hidden="true" className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}

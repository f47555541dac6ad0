import type { ErrorComponentProps } from '@tanstack/react-router'
import { useRouter } from '@tanstack/react-router'
import { ErrorState } from '../ui/ErrorState'
import { HostUnreachable } from './connection'
import { text } from './messages'
import { Page, PageHeader } from './page'

/** In place of a page whose rendering failed; the shell around it keeps working. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  const away = error instanceof HostUnreachable
  return (
    <Page>
      <PageHeader title={away ? text.notFetched : text.crashed.title} />
      <div className="rounded-card border border-line bg-surface">
        <ErrorState error={error} {...(!away && { title: text.crashed.body })} onRetry={again} />
      </div>
    </Page>
  )
}

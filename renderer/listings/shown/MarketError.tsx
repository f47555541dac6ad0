import { buttonClass } from '@renderer/ui/Button'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleUserRound } from 'lucide-react'
import { text } from './messages'
import { codeOf } from './refusal'

export type Asked = Pick<UseQueryResult, 'error' | 'isFetching' | 'refetch'>

/** Why the marketplace did not answer, with the way out: sign in, connect, or try again. */
export function MarketError({ query: { error, isFetching, refetch } }: { query: Asked }) {
  const code = codeOf(error)
  if (code === 'SIGNED_OUT')
    return (
      <EmptyState
        icon={<CircleUserRound aria-hidden="true" />}
        title={text.signedOut.title}
        body={text.signedOut.body}
        action={
          <Link to="/account" className={buttonClass('primary')}>
            {text.signedOut.action}
          </Link>
        }
      />
    )
  const away = code === 'BACKEND_UNAVAILABLE'
  return (
    <ErrorState
      error={error}
      {...(away && { title: text.away.title })}
      retrying={isFetching}
      onRetry={() => void refetch()}
      actions={
        away && (
          <Link to="/connection" className={buttonClass('secondary', 'small')}>
            {text.away.action}
          </Link>
        )
      }
    />
  )
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { describeError } from '../app/errors'
import { orpc } from '../app/rpc'
import { Button } from '../ui/Button'
import { SectionCard } from '../ui/Card'
import { ErrorState } from '../ui/ErrorState'
import { Skeleton } from '../ui/Skeleton'
import { notify } from '../ui/toast'
import { text } from './messages'

/** How much is remembered of scanned files, how often that helped, and a way to forget it. */
export function ScanCache() {
  const queries = useQueryClient()
  const query = useQuery(orpc.scan.cache.queryOptions())
  const clear = useMutation(
    orpc.scan.clearCache.mutationOptions({
      onSuccess: (state) => {
        queries.setQueryData(orpc.scan.cache.queryKey(), state)
        notify({ tone: 'ok', title: text.cache.cleared })
      },
      onError: (error) =>
        notify({
          tone: 'error',
          title: text.cache.clearFailed,
          description: describeError(error).message,
        }),
    }),
  )
  const state = query.data
  return (
    <SectionCard
      title={text.cache.title}
      className="mt-4 max-w-[880px]"
      aside={
        <Button
          size="small"
          disabled={!state || state.entries === 0 || clear.isPending}
          onClick={() => clear.mutate(undefined)}
        >
          {text.cache.clear}
        </Button>
      }
    >
      {state ? (
        <div className="px-3 py-3">
          <p>{text.cache.holds(state.entries, state.bytes, state.limitBytes)}</p>
          <p className="text-muted">
            {state.hits + state.misses === 0
              ? text.cache.unused
              : text.cache.hits(state.hits, state.hits + state.misses)}
          </p>
        </div>
      ) : query.error ? (
        <ErrorState
          error={query.error}
          title={text.cache.failed}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <div className="p-4">
          <Skeleton className="w-64" />
        </div>
      )}
    </SectionCard>
  )
}

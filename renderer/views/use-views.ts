import { orpc } from '@renderer/app/rpc'
import type { SavedView } from '@shared/contract/views'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

export type ViewPage = SavedView['page']

/** The saved views of one page, by name. */
export function useViews(page: ViewPage): readonly SavedView[] {
  const { data } = useQuery(orpc.views.list.queryOptions())
  return useMemo(
    () =>
      (data ?? [])
        .filter((view) => view.page === page)
        .sort((a, b) => a.name.localeCompare(b.name)),
    [data, page],
  )
}

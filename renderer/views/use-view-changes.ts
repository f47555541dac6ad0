import { safe } from '@orpc/client'
import { describeError } from '@renderer/app/errors'
import { client, orpc } from '@renderer/app/rpc'
import { notify } from '@renderer/ui/toast'
import type { SavedView } from '@shared/contract/views'
import { useQueryClient } from '@tanstack/react-query'
import { text } from './dialog-messages'
import type { ViewPage } from './use-views'

/** What adds, renames and deletes the saved views of one page. */
export function useViewChanges(page: ViewPage) {
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: orpc.views.key() })

  /** Adds, or replaces the one of that id. Answers null, or the sentence of what is wrong. */
  async function save(view: Omit<SavedView, 'id' | 'page'> & { id?: string }) {
    const { error, isDefined } = await safe(client.views.save({ ...view, page }))
    await refresh()
    if (!error) return null
    return isDefined && error.code === 'NAME_TAKEN'
      ? text.taken(error.data.name)
      : describeError(error).message
  }

  async function remove(view: SavedView): Promise<void> {
    const { error } = await safe(client.views.remove({ id: view.id }))
    await refresh()
    if (error) {
      const { message } = describeError(error)
      return notify({ title: text.removeFailed, description: message, tone: 'error' })
    }
    const { id: _, page: __, ...again } = view
    notify({
      title: text.removed(view.name),
      key: 'view',
      action: { label: text.undo, run: () => void save(again) },
    })
  }

  return { save, remove }
}
export type ViewChanges = ReturnType<typeof useViewChanges>

import { oc } from '@orpc/contract'
import { z } from 'zod'

/** A page's filters under a name: the search of its address, which the page itself reads back. */
export const SavedView = z.object({
  id: z.uuid(),
  page: z.enum(['report', 'history', 'rules', 'activity', 'listings']),
  name: z.string().trim().min(1).max(60),
  search: z.record(z.string(), z.unknown()),
})
export type SavedView = z.infer<typeof SavedView>

const NAME_TAKEN = { NAME_TAKEN: { status: 409, data: z.object({ name: z.string() }) } } as const

export const viewsContract = {
  list: oc.output(z.array(SavedView)),
  /** Adds one, or replaces the one of that id. */
  save: oc
    .input(SavedView.partial({ id: true }))
    .errors(NAME_TAKEN)
    .output(SavedView),
  remove: oc.input(z.object({ id: z.uuid() })).output(z.object({ removed: z.boolean() })),
}

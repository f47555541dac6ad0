import { api } from '../api'
import { NameTakenError } from '.'

export const viewsRouter = {
  list: api.views.list.handler(({ context: { console } }) => console.views.list()),
  save: api.views.save.handler(async ({ input, context: { console }, errors }) => {
    try {
      return await console.views.save(input)
    } catch (error) {
      if (error instanceof NameTakenError) throw errors.NAME_TAKEN({ data: { name: error.view } })
      throw error
    }
  }),
  remove: api.views.remove.handler(async ({ input, context: { console } }) => ({
    removed: await console.views.remove(input.id),
  })),
}

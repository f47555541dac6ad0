import { api } from '../api'

export const activityRouter = {
  list: api.activity.list.handler(({ input, context: { console } }) =>
    console.activity.list(input),
  ),
}

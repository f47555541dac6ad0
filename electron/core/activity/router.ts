import { api } from '../api'
import { throwRefusal } from '../backend/throw-refusal'

export const activityRouter = {
  list: api.activity.list.handler(({ input, context: { console } }) =>
    console.activity.list(input),
  ),
  server: api.activity.server.handler(({ input, context: { console }, errors, signal }) =>
    console.backend
      .read(
        'list_audit',
        {
          p_kind: input.kind,
          p_actor: input.actor,
          p_subject: input.subject,
          p_after: input.after,
          p_limit: input.limit,
        },
        signal,
      )
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
}

import { api } from '../api'
import { throwRefusal } from '../backend/throw-refusal'

const { limits } = api

export const limitsRouter = {
  list: limits.list.handler(({ context: { console }, errors, signal }) =>
    console.backend
      .read('list_limits', {}, signal)
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
  preview: limits.preview.handler(({ input, context: { console }, errors, signal }) =>
    console.backend
      .read(
        'preview_limit',
        { p_rpc: input.rpc, p_burst: input.burst, p_per_minute: input.perMinute },
        signal,
      )
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
  save: limits.save.handler(({ input, context: { console }, errors }) =>
    console.backend
      .write('save_limit', input.operationId ?? console.platform.randomId(), {
        p_rpc: input.rpc,
        p_burst: input.burst,
        p_per_minute: input.perMinute,
        p_reason: input.reason,
      })
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
}

import { api } from '../api'
import { ChangedSinceError } from '.'

export const dispositionsRouter = {
  list: api.dispositions.list.handler(async ({ input, context: { console }, errors }) => {
    const { reportId } = input
    const found = await console.dispositions.list(reportId)
    if (found === undefined) throw errors.REPORT_NOT_FOUND({ data: { reportId } })
    return found
  }),
  preview: api.dispositions.preview.handler(async ({ input, context: { console }, errors }) => {
    const { reportId, filter } = input
    const found = await console.dispositions.preview(reportId, filter)
    if (found === undefined) throw errors.REPORT_NOT_FOUND({ data: { reportId } })
    return found
  }),
  apply: api.dispositions.apply.handler(async ({ input, context: { console }, errors }) => {
    const { reportId, filter, decision } = input
    const applied = await console.dispositions.apply(reportId, filter, decision)
    if (applied === undefined) throw errors.REPORT_NOT_FOUND({ data: { reportId } })
    return applied
  }),
  undo: api.dispositions.undo.handler(async ({ input, context: { console }, errors }) => {
    const { operationId } = input
    try {
      const undone = await console.dispositions.undo(operationId)
      if (undone === undefined) throw errors.OPERATION_NOT_FOUND({ data: { operationId } })
      return undone
    } catch (error) {
      if (error instanceof ChangedSinceError)
        throw errors.CHANGED_SINCE({ data: { findings: error.findings } })
      throw error
    }
  }),
}

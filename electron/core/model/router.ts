import { existsSync } from 'node:fs'
import { NotPassportableError } from '@shared/model/build'
import { readPem } from '@shared/model/keys'
import { toUtf8 } from '@shared/model/utf8'
import { version } from '../../../package.json'
import { api, apiOfReports } from '../api'
import { ResultNotFoundError } from '../benchmark/questions'
import { SecretError } from '../secrets'
import { readVerifier, statementOf } from '.'

export const modelRouter = {
  list: api.model.list.handler(({ context: { console } }) => console.model.list()),
  offered: api.model.offered.handler(
    async ({ input: { reportId }, context: { console }, errors }) => {
      const offered = await console.model.offered(reportId)
      if (offered === undefined) throw errors.REPORT_NOT_FOUND({ data: { reportId } })
      return offered
    },
  ),
  create: api.model.create.handler(async ({ input, context: { console }, errors }) => {
    try {
      const row = await console.model.create(input, version)
      if (row === undefined) throw errors.REPORT_NOT_FOUND({ data: { reportId: input.reportId } })
      return row
    } catch (error) {
      if (error instanceof ResultNotFoundError)
        throw errors.RESULT_NOT_FOUND({
          message: error.message,
          data: { resultId: error.resultId },
        })
      if (error instanceof NotPassportableError)
        throw errors.NOT_PASSPORTABLE({ message: error.message, data: { reason: error.message } })
      if (error instanceof SecretError)
        throw errors.KEY_UNUSABLE({ message: error.message, data: { reason: error.message } })
      throw error
    }
  }),
  show: apiOfReports.model.show.handler(async ({ input: { id }, context: { console }, errors }) => {
    const found = console.model.find(id)
    if (found === undefined) throw errors.PASSPORT_NOT_FOUND({ data: { id } })
    const { verification } = await console.model.verify(toUtf8(found.envelope))
    return { row: found.row, statement: statementOf(found.envelope), verification }
  }),
  export: api.model.export.handler(async ({ input: { id }, context: { console }, errors }) => {
    const exported = await console.model.export(id)
    if (exported === undefined) throw errors.PASSPORT_NOT_FOUND({ data: { id } })
    return exported
  }),
  remove: api.model.remove.handler(async ({ input: { id }, context: { console }, errors }) => {
    if (!(await console.model.remove(id))) throw errors.PASSPORT_NOT_FOUND({ data: { id } })
    return { removed: true as const }
  }),
  verifier: api.model.verifier.handler(({ context: { console }, errors }) => {
    const file = console.platform.paths.verifier
    if (!existsSync(file)) throw errors.NOT_BUILT({ data: { file } })
    return readVerifier(file)
  }),
  verify: apiOfReports.model.verify.handler(
    async ({ input, context: { console }, signal, errors }) => {
      const path = input.path === undefined ? undefined : console.grants.allowed(input.path)
      if (input.path !== undefined) {
        if (path === undefined) throw errors.PATH_NOT_GRANTED({ data: { path: input.path } })
        if (!existsSync(path)) throw errors.PATH_NOT_FOUND({ data: { path } })
      }
      const found = await console.model.verify(toUtf8(input.text), { path, signal })
      return { verification: found.verification, statement: found.statement ?? null }
    },
  ),
  keys: api.model.keys.handler(({ context: { console } }) => console.model.keys.state()),
  rotateKey: api.model.rotateKey.handler(async ({ context: { console }, errors }) => {
    try {
      await console.model.keys.rotate()
      return console.model.keys.state()
    } catch (error) {
      if (error instanceof SecretError)
        throw errors.KEY_UNUSABLE({ message: error.message, data: { reason: error.message } })
      throw error
    }
  }),
  trustKey: api.model.trustKey.handler(async ({ input, context: { console }, errors }) => {
    const key = readPem(input.key)
    if (key === undefined) throw errors.NO_PUBLIC_KEY()
    const { keys } = console.model
    if (keys.state().own.some(({ keyId }) => keyId === key.keyId))
      throw errors.OWN_KEY({ data: { keyId: key.keyId } })
    await keys.trust(key, input.name)
    return keys.state()
  }),
  distrustKey: api.model.distrustKey.handler(async ({ input, context: { console } }) => {
    await console.model.keys.distrust(input.keyId)
    return console.model.keys.state()
  }),
}

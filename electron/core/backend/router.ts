import { api } from '../api'
import type { Console } from '../console'
import { SettingFixedError } from '../settings'
import { AddressError } from './address'
import { AuthRefusal } from './auth-errors'
import { testConnection } from './test-connection'
import { throwRefusal } from './throw-refusal'

type Errors = Parameters<typeof throwRefusal>[1] & {
  AUTH_REFUSED(options: {
    message: string
    data: { code: string; retryAfter: number | null }
  }): Error
}

/** Runs, and throws what the contract declares for a refusal. */
async function asked<T>(errors: Errors, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof AuthRefusal) {
      const { message, code, retryAfter } = error
      throw errors.AUTH_REFUSED({ message, data: { code, retryAfter } })
    }
    return throwRefusal(error, errors)
  }
}

async function connected<T>(
  errors: { BAD_CONNECTION(options: { message: string }): Error },
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof AddressError || error instanceof SettingFixedError)
      throw errors.BAD_CONNECTION({ message: error.message })
    throw error
  }
}

const { account } = api
type Context = { context: { console: Console } }
const accountOf = ({ context }: Context) => context.console.account
const localOf = ({ context }: Context) => context.console.localWorkspace

export const accountRouter = {
  state: account.state.handler(({ context: { console } }) => console.backend.state()),
  watch: account.watch.handler(({ context: { console }, signal }) => console.backend.watch(signal)),
  open: account.open.handler(({ context: { console }, errors }) =>
    asked(errors, () => console.backend.open()),
  ),
  signUp: account.signUp.handler(({ input, errors, ...rest }) =>
    asked(errors, () => accountOf(rest).signUp(input.email, input.password)),
  ),
  signIn: account.signIn.handler(({ input, errors, ...rest }) =>
    asked(errors, () => accountOf(rest).signIn(input.email, input.password)),
  ),
  signOut: account.signOut.handler(({ input, ...rest }) =>
    accountOf(rest).signOut(input.everywhere),
  ),
  providers: account.providers.handler(({ errors, ...rest }) =>
    asked(errors, () => accountOf(rest).providers()),
  ),
  startBrowser: account.startBrowser.handler(({ input, errors, ...rest }) =>
    asked(errors, () => accountOf(rest).startBrowser(input.provider)),
  ),
  cancelBrowser: account.cancelBrowser.handler(({ context: { console } }) => {
    console.backend.browser.cancel()
    return console.backend.state()
  }),
  factors: account.factors.handler(({ errors, ...rest }) =>
    asked(errors, () => accountOf(rest).factors()),
  ),
  enrolFactor: account.enrolFactor.handler(({ input, errors, ...rest }) =>
    asked(errors, () => accountOf(rest).enrolFactor(input.name)),
  ),
  verifyFactor: account.verifyFactor.handler(({ input, errors, ...rest }) =>
    asked(errors, () => accountOf(rest).verifyFactor(input.id, input.code)),
  ),
  removeFactor: account.removeFactor.handler(({ input, errors, ...rest }) =>
    asked(errors, () => accountOf(rest).removeFactor(input.id)),
  ),
  updateProfile: account.updateProfile.handler(({ input, errors, ...rest }) =>
    asked(errors, () =>
      accountOf(rest).change('update_profile', {
        p_handle: input.handle,
        p_display_name: input.displayName,
      }),
    ),
  ),
  saveOrganisation: account.saveOrganisation.handler(({ input, errors, ...rest }) =>
    asked(errors, () =>
      accountOf(rest).change('save_organisation', {
        p_id: input.id ?? rest.context.console.platform.randomId(),
        p_handle: input.handle,
        p_display_name: input.displayName,
      }),
    ),
  ),
  saveMember: account.saveMember.handler(({ input, errors, ...rest }) =>
    asked(errors, () =>
      accountOf(rest).change('save_member', {
        p_organisation_id: input.organisationId,
        p_handle: input.handle,
        p_role: input.role,
      }),
    ),
  ),
  acceptInvitation: account.acceptInvitation.handler(({ input, errors, ...rest }) =>
    asked(errors, () => accountOf(rest).change('accept_invitation', { p_id: input.id })),
  ),
  switchRole: account.switchRole.handler(({ input, errors, ...rest }) =>
    asked(errors, () => localOf(rest).switchRole(input.role)),
  ),
  sampleContents: account.sampleContents.handler(({ errors, ...rest }) =>
    asked(errors, () => localOf(rest).sampleContents()),
  ),
  removeSample: account.removeSample.handler(({ errors, ...rest }) =>
    asked(errors, () => localOf(rest).removeSample()),
  ),
  resetWorkspace: account.resetWorkspace.handler(({ errors, ...rest }) =>
    asked(errors, () => localOf(rest).reset()),
  ),
  test: account.test.handler(({ input, context: { console }, signal }) =>
    testConnection(input, console.platform, signal),
  ),
  connect: account.connect.handler(({ input, errors, ...rest }) =>
    connected(errors, () => accountOf(rest).connect(input)),
  ),
  connectLocal: account.connectLocal.handler(({ errors, ...rest }) =>
    connected(errors, () => accountOf(rest).connect(null)),
  ),
}

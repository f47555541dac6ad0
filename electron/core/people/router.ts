import { api } from '../api'
import { throwRefusal } from '../backend/throw-refusal'
import type { Console } from '../console'

const { people } = api

/** The caller's operation id, or a new one. */
const operationOf = (console: Console, given: string | undefined): string =>
  given ?? console.platform.randomId()

export const peopleRouter = {
  list: people.list.handler(({ input, context: { console }, errors, signal }) =>
    console.backend
      .read(
        'list_people',
        { p_text: input.search, p_role: input.role, p_after: input.after, p_limit: input.limit },
        signal,
      )
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
  invitations: people.invitations.handler(({ context: { console }, errors, signal }) =>
    console.backend
      .read('list_invitations', {}, signal)
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
  invite: people.invite.handler(({ input, context: { console }, errors }) =>
    console.backend
      .write('invite_person', operationOf(console, input.operationId), {
        // Of the operation, so that the same one sent again is about the same invitation.
        p_id: input.operationId ?? console.platform.randomId(),
        p_email: input.email,
        p_role: input.role,
        p_reason: input.reason,
      })
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
  revokeInvitation: people.revokeInvitation.handler(({ input, context: { console }, errors }) =>
    console.backend
      .write('revoke_invitation', operationOf(console, input.operationId), {
        p_id: input.invitationId,
        p_reason: input.reason,
      })
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
  grant: people.grant.handler(({ input, context: { console }, errors }) =>
    console.backend
      .write('grant_role', operationOf(console, input.operationId), {
        p_user_id: input.userId,
        p_role: input.role,
        p_reason: input.reason,
      })
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
  revoke: people.revoke.handler(({ input, context: { console }, errors }) =>
    console.backend
      .write('revoke_role', operationOf(console, input.operationId), {
        p_user_id: input.userId,
        p_role: input.role,
        p_reason: input.reason,
      })
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
  suspend: people.suspend.handler(({ input, context: { console }, errors }) =>
    console.backend
      .write('suspend_person', operationOf(console, input.operationId), {
        p_user_id: input.userId,
        p_until: input.until,
        p_reason: input.reason,
      })
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
  approvals: people.approvals.handler(({ context: { console }, errors, signal }) =>
    console.backend
      .read('list_approvals', {}, signal)
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
  decide: people.decide.handler(({ input, context: { console }, errors }) =>
    console.backend
      .write('decide_approval', operationOf(console, input.operationId), {
        p_id: input.approvalId,
        p_approve: input.approve,
        p_reason: input.reason,
      })
      .catch((error: unknown) => throwRefusal(error, errors)),
  ),
}

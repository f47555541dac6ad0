import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Cursor, Instant, PageSize, pageOf, Reason, Uuid } from '../backend/common'
import { Approval, Invitation, PersonRow, Role } from '../backend/identity'
import { BACKEND_ERRORS } from './backend-errors'

/** Of a write: sent again with the same input it is done once. Absent, the host makes one. */
const operationId = Uuid.optional()
const asked = oc.errors(BACKEND_ERRORS)

/** Who may do what: for staff. Each change has a reason, which the log keeps. */
export const peopleContract = {
  /** Words are looked for in handle, name and address. */
  list: asked
    .input(
      z.object({
        search: z.string().max(200).default(''),
        role: Role.nullable().default(null),
        after: Cursor.default(null),
        limit: PageSize.default(50),
      }),
    )
    .output(pageOf(PersonRow)),
  invitations: asked.output(z.object({ rows: z.array(Invitation) })),
  invite: asked
    .input(z.object({ operationId, email: z.email().max(320), role: Role, reason: Reason }))
    .output(z.object({ id: Uuid, expiresAt: Instant })),
  revokeInvitation: asked
    .input(z.object({ operationId, invitationId: Uuid, reason: Reason }))
    .output(z.object({ id: Uuid })),
  /** `approvalId`: it waits for a second admin. */
  grant: asked
    .input(z.object({ operationId, userId: Uuid, role: Role, reason: Reason }))
    .output(z.object({ userId: Uuid, roles: z.array(Role), approvalId: Uuid.nullable() })),
  revoke: asked
    .input(z.object({ operationId, userId: Uuid, role: Role, reason: Reason }))
    .output(z.object({ userId: Uuid, roles: z.array(Role) })),
  /** `until` null ends a suspension. */
  suspend: asked
    .input(z.object({ operationId, userId: Uuid, until: Instant.nullable(), reason: Reason }))
    .output(z.object({ userId: Uuid, suspendedUntil: Instant.nullable() })),
  approvals: asked.output(z.object({ rows: z.array(Approval) })),
  decide: asked
    .input(z.object({ operationId, approvalId: Uuid, approve: z.boolean(), reason: Reason }))
    .output(z.object({ id: Uuid, state: Approval.shape.state })),
}

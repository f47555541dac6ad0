import { z } from 'zod'
import { Cursor, Instant, PageSize, pageOf, Reason, Uuid } from './common'
import { read, write } from './rpc'
import { PERMISSIONS, ROLES } from './words'

export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

export const Permission = z.enum(PERMISSIONS)
export type Permission = z.infer<typeof Permission>

export const Handle = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{2,31}$/, '3 to 32 lower-case letters, digits or hyphens')

/** What everybody may see of a person. */
export const Person = z.object({
  id: Uuid,
  handle: z.string(),
  displayName: z.string(),
  /** Belongs to the sample data of a local workspace. */
  sample: z.boolean(),
})
export type Person = z.infer<typeof Person>

export const Invitation = z.object({
  id: Uuid,
  email: z.string(),
  role: Role,
  invitedBy: Person.nullable(),
  createdAt: Instant,
  expiresAt: Instant,
  acceptedAt: Instant.nullable(),
})
export type Invitation = z.infer<typeof Invitation>

export const Organisation = z.object({
  id: Uuid,
  handle: z.string(),
  displayName: z.string(),
  /** What the reader is in it. */
  role: z.enum(['owner', 'member']),
  members: z.array(z.object({ person: Person, role: z.enum(['owner', 'member']) })),
})
export type Organisation = z.infer<typeof Organisation>

/** Who is signed in, as the server sees it: the page shows by it, the server decides by its tables. */
export const Me = Person.extend({
  email: z.string().nullable(),
  roles: z.array(Role),
  permissions: z.array(Permission),
  suspendedUntil: Instant.nullable(),
  /** Assurance of the session: aal2 after a second factor. */
  aal: z.enum(['aal1', 'aal2']),
  organisations: z.array(Organisation),
  /** Open ones for the verified e-mail address of the account. */
  invitations: z.array(Invitation),
})
export type Me = z.infer<typeof Me>

export const PersonRow = Person.extend({
  email: z.string().nullable(),
  roles: z.array(Role),
  suspendedUntil: Instant.nullable(),
  listings: z.number().int(),
  createdAt: Instant,
  lastSeenAt: Instant.nullable(),
})
export type PersonRow = z.infer<typeof PersonRow>

/** A permanent action that waits for a second person. */
export const Approval = z.object({
  id: Uuid,
  /** `remove_listing`, `grant_admin`. */
  action: z.string(),
  subject: Uuid,
  /** What it is about, for a person to read. */
  title: z.string(),
  reason: z.string(),
  requestedBy: Person,
  requestedAt: Instant,
  state: z.enum(['open', 'approved', 'refused', 'expired']),
  decidedBy: Person.nullable(),
  decidedAt: Instant.nullable(),
})
export type Approval = z.infer<typeof Approval>

export const IDENTITY_RPCS = {
  get_me: read(z.object({}), Me),
  update_profile: write(
    z.object({ p_handle: Handle, p_display_name: z.string().trim().max(80) }),
    Person,
  ),
  list_people: read(
    z.object({
      p_text: z.string().max(200),
      p_role: Role.nullable(),
      p_after: Cursor,
      p_limit: PageSize,
    }),
    pageOf(PersonRow),
  ),
  list_invitations: read(z.object({}), z.object({ rows: z.array(Invitation) })),
  invite_person: write(
    z.object({ p_id: Uuid, p_email: z.email().max(320), p_role: Role, p_reason: Reason }),
    z.object({ id: Uuid, expiresAt: Instant }),
  ),
  /** With `approvalId` the role is not given yet: as in grant_role, a second admin decides. */
  accept_invitation: write(
    z.object({ p_id: Uuid }),
    z.object({ id: Uuid, role: Role, approvalId: Uuid.nullable() }),
  ),
  revoke_invitation: write(z.object({ p_id: Uuid, p_reason: Reason }), z.object({ id: Uuid })),
  /** Admin: the first in a workspace at once; with two or more admins it waits for a second one. */
  grant_role: write(
    z.object({ p_user_id: Uuid, p_role: Role, p_reason: Reason }),
    z.object({ userId: Uuid, roles: z.array(Role), approvalId: Uuid.nullable() }),
  ),
  /** The last admin stays one. */
  revoke_role: write(
    z.object({ p_user_id: Uuid, p_role: Role, p_reason: Reason }),
    z.object({ userId: Uuid, roles: z.array(Role) }),
  ),
  suspend_person: write(
    z.object({ p_user_id: Uuid, p_until: Instant.nullable(), p_reason: Reason }),
    z.object({ userId: Uuid, suspendedUntil: Instant.nullable() }),
  ),
  save_organisation: write(
    z.object({ p_id: Uuid, p_handle: Handle, p_display_name: z.string().trim().min(1).max(80) }),
    z.object({ id: Uuid }),
  ),
  /** Null removes the member; the last owner stays. */
  save_member: write(
    z.object({
      p_organisation_id: Uuid,
      p_handle: z.string().max(32),
      p_role: z.enum(['owner', 'member']).nullable(),
    }),
    z.object({ organisationId: Uuid, userId: Uuid }),
  ),
  list_approvals: read(z.object({}), z.object({ rows: z.array(Approval) })),
  /** By somebody else than who asked. */
  decide_approval: write(
    z.object({ p_id: Uuid, p_approve: z.boolean(), p_reason: Reason }),
    z.object({ id: Uuid, state: Approval.shape.state }),
  ),
}

import { catalogue, formatList } from '@renderer/app/intl'
import type { Permission } from '@shared/backend/identity'
import { ROLE_NAMES } from '../account/messages'

export { ROLE_NAMES }

/** What the permission allows, as the end of "Your role does not allow …". */
const DEEDS: Partial<Record<Permission, string>> = {
  'people.read': 'to see people and their roles',
  'people.manage': 'to change roles, suspensions and invitations',
  'limits.read': 'to see the limits of calls',
  'limits.manage': 'to change the limits of calls',
  'audit.read': 'to read the record of the server',
}

export const text = catalogue({
  roles: ROLE_NAMES,
  gate: {
    opening: 'Asking who is signed in…',
    signedOut: 'Nobody is signed in',
    signedOutBody: 'This page shows what is on the server. Sign in to see it.',
    signIn: 'Go to Account',
    notAllowed: 'Your role does not allow this',
    notAllowedBody: (permission: Permission, needed: readonly string[], own: readonly string[]) =>
      `${formatList(needed)} may come here ${DEEDS[permission] ?? ''}; you are ${own.length === 0 ? 'without a role' : formatList(own)}. An admin can grant the role under People and roles.`,
    switchRole: 'Switch role under Account',
    away: 'The backend does not answer',
    connection: 'Go to Connection',
  },
  needs: (permission: Permission, needed: readonly string[]) =>
    `Only ${formatList(needed)} may do this: it needs the right ${DEEDS[permission] ?? ''}.`,
  ask: {
    reason: 'Reason',
    reasonHelp: 'Kept in the record of the server, where it can be read and never changed.',
    cancel: 'Cancel',
  },
})

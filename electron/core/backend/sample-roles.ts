import type { Role } from '@shared/backend/identity'
import type { LocalPerson } from './twin-port'

/** Whom one may be in the sample marketplace. Their sessions come from the workspace, without a password. */
export const SAMPLE_ROLES: Readonly<Record<Role, LocalPerson>> = {
  seller: {
    email: 'mira@sample.local',
    handle: 'mira-sample',
    displayName: 'Mira Sample',
    roles: ['seller'],
  },
  moderator: {
    email: 'odell@sample.local',
    handle: 'odell-sample',
    displayName: 'Odell Sample',
    roles: ['moderator'],
  },
  admin: {
    email: 'ines@sample.local',
    handle: 'ines-sample',
    displayName: 'Ines Sample',
    roles: ['moderator', 'admin'],
  },
}

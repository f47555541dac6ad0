import { safe } from '@orpc/client'
import { ROLES } from '@shared/backend/words'
import { useNavigate } from '@tanstack/react-router'
import { Cable, CircleUser, LogOut } from 'lucide-react'
import { text as accountText } from '../../account/messages'
import { Menu, MenuChoice, MenuItem } from '../../ui/Menu'
import { notify } from '../../ui/toast'
import { takeAccount, useAccount } from '../account'
import { describeError } from '../errors'
import { text } from '../messages'
import { client } from '../rpc'
import { AccountButton } from './AccountButton'

const icon = (Icon: typeof Cable) => <Icon aria-hidden="true" />

export function AccountMenu({ defaultOpen = false }: { defaultOpen?: boolean }) {
  const navigate = useNavigate()
  const state = useAccount()
  const me = state?.signedIn === true ? state.me : null
  const run = async (call: Promise<Parameters<typeof takeAccount>[0]>) => {
    const { error, data } = await safe(call)
    if (error)
      notify({
        tone: 'error',
        title: text.account.failed,
        description: describeError(error).message,
      })
    else takeAccount(data)
  }
  return (
    <Menu defaultOpen={defaultOpen} trigger={<AccountButton />}>
      {me !== null && (
        <p className="max-w-72 border-line border-b px-2 pt-1 pb-2">
          <span translate="no" className="block truncate">
            {me.email ?? me.handle}
          </span>
          <span className="text-small text-muted">{accountText.roleList(me.roles)}</span>
        </p>
      )}
      <MenuItem
        icon={icon(CircleUser)}
        keys="g c"
        onSelect={() => void navigate({ to: '/account' })}
      >
        {me === null ? text.account.signIn : text.pages.account}
      </MenuItem>
      <MenuItem icon={icon(Cable)} keys="g n" onSelect={() => void navigate({ to: '/connection' })}>
        {text.pages.connection}
      </MenuItem>
      {state?.kind === 'local' && me !== null && (
        <MenuChoice
          label={accountText.who.asSampleRole}
          value={ROLES.findLast((role) => me.roles.includes(role)) ?? 'seller'}
          options={ROLES.map((role) => ({ value: role, label: accountText.roles[role] }))}
          onChange={(role) => void run(client.account.switchRole({ role }))}
        />
      )}
      {me !== null && (
        <MenuItem
          icon={icon(LogOut)}
          onSelect={() => void run(client.account.signOut({ everywhere: false }))}
        >
          {accountText.session.signOut}
        </MenuItem>
      )}
    </Menu>
  )
}

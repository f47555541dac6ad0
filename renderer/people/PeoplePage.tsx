import { useCommand } from '@renderer/app/commands'
import { Page, PageHeader } from '@renderer/app/page'
import { Button } from '@renderer/ui/Button'
import { Tabs } from '@renderer/ui/Tabs'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { RoleGate } from '../administration/RoleGate'
import { useReasonAgainst } from '../administration/roles'
import { Approvals } from './Approvals'
import { Invitations } from './Invitations'
import { InviteDialog } from './InviteDialog'
import { text } from './messages'
import { PeopleList } from './PeopleList'
import { parsePeopleSearch, type Tab } from './people-search'

export function PeoplePage() {
  const against = useReasonAgainst('people.manage')
  const [inviting, setInviting] = useState(false)
  useCommand('people.invite', () => setInviting(true), against === null)
  return (
    <Page fill>
      <PageHeader
        title={text.title}
        facts={<span className="text-muted">{text.about}</span>}
        actions={
          <Button
            variant="primary"
            keys="i"
            disabledReason={against}
            onClick={() => setInviting(true)}
          >
            {text.invite.action}
          </Button>
        }
      />
      <RoleGate permission="people.read">
        <Sections />
      </RoleGate>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  )
}

function Sections() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const search = parsePeopleSearch(address)
  const show = (tab: Tab) =>
    void navigate({
      to: '/people',
      search: { ...parsePeopleSearch({ ...search, tab }) },
      replace: true,
    })
  return (
    <Tabs<Tab>
      className="flex min-h-0 flex-1 flex-col [&>[role=tabpanel]]:flex [&>[role=tabpanel]]:min-h-0 [&>[role=tabpanel]]:flex-1 [&>[role=tabpanel]]:flex-col [&>[role=tabpanel]]:pt-3"
      label={text.tabs.label}
      value={search.tab ?? 'people'}
      onChange={show}
      tabs={[
        { value: 'people', label: text.tabs.people, panel: <PeopleList search={search} /> },
        { value: 'invitations', label: text.tabs.invitations, panel: <Invitations /> },
        { value: 'approvals', label: text.tabs.approvals, panel: <Approvals /> },
      ]}
    />
  )
}

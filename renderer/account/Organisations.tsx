import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { notify } from '@renderer/ui/toast'
import type { Me, Organisation } from '@shared/backend/identity'
import { useState } from 'react'
import { Problem } from './Form'
import { text } from './messages'
import { AddMember, NewOrganisation } from './OrganisationDialogs'
import { useAsked } from './use-asked'

type Member = Organisation['members'][number]

export function Organisations({ me, online }: { me: Me; online: boolean }) {
  const [adding, setAdding] = useState(false)
  const [addingTo, setAddingTo] = useState<Organisation | null>(null)
  return (
    <SectionCard
      title={text.organisations.title}
      aside={
        online && (
          <Button size="small" onClick={() => setAdding(true)}>
            {text.organisations.add}
          </Button>
        )
      }
    >
      {me.organisations.length === 0 && <p className="p-3 text-muted">{text.organisations.none}</p>}
      {me.organisations.map((organisation) => (
        <Entry
          key={organisation.id}
          organisation={organisation}
          me={me}
          online={online}
          onAdd={() => setAddingTo(organisation)}
        />
      ))}
      {adding && <NewOrganisation onClose={() => setAdding(false)} />}
      {addingTo !== null && <AddMember organisation={addingTo} onClose={() => setAddingTo(null)} />}
    </SectionCard>
  )
}

interface EntryProps {
  organisation: Organisation
  me: Me
  online: boolean
  onAdd(): void
}

function Entry({ organisation, me, online, onAdd }: EntryProps) {
  const { ask, busy, problem } = useAsked()
  const owner = online && organisation.role === 'owner'
  const save = (handle: string, role: Member['role'] | null) =>
    ask(() => client.account.saveMember({ organisationId: organisation.id, handle, role }))
  const remove = async ({ person, role }: Member) => {
    if ((await save(person.handle, null)) === undefined) return
    notify({
      tone: 'ok',
      title: text.organisations.removed(person.displayName || person.handle),
      key: 'member',
      action: { label: text.organisations.undo, run: () => void save(person.handle, role) },
    })
  }
  return (
    <div className="border-line border-b px-3 py-2 last:border-0">
      <div className="flex flex-wrap items-center gap-2">
        <h3 translate="no" className="min-w-0 flex-1 font-medium">
          {organisation.displayName}
        </h3>
        {owner && (
          <Button size="small" disabled={busy} onClick={onAdd}>
            {text.organisations.addMember}
          </Button>
        )}
      </div>
      <ul aria-label={text.organisations.members} className="mt-1">
        {organisation.members.map((member) => {
          const name = member.person.displayName || member.person.handle
          return (
            <li key={member.person.id} className="flex min-h-8 flex-wrap items-center gap-2">
              <span translate="no">{name}</span>
              <span className="flex-1 text-muted">{text.organisations[member.role]}</span>
              {(owner || member.person.id === me.id) && (
                <Button
                  size="small"
                  variant="ghost"
                  disabled={busy}
                  aria-label={text.organisations.removeMember(name)}
                  onClick={() => void remove(member)}
                >
                  {text.organisations.remove}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      <Problem>{problem}</Problem>
    </div>
  )
}

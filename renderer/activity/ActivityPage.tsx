import { PageHeader } from '@renderer/app/page'
import { Tabs } from '@renderer/ui/Tabs'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { RoleGate } from '../administration/RoleGate'
import { recordOf, type WhichRecord } from './activity-search'
import { LocalRecord } from './LocalRecord'
import { text } from './messages'
import { ServerRecord } from './ServerRecord'

/** Two records that never mix: what this console did, and what the server saw everybody do. */
export function ActivityPage() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const which = recordOf(address)
  return (
    <div className="flex h-full min-h-[400px] flex-col gap-3 p-4">
      <PageHeader title={text.title} />
      <Tabs<WhichRecord>
        className="flex min-h-0 flex-1 flex-col [&>[role=tabpanel]]:flex [&>[role=tabpanel]]:min-h-0 [&>[role=tabpanel]]:flex-1 [&>[role=tabpanel]]:flex-col [&>[role=tabpanel]]:gap-3 [&>[role=tabpanel]]:pt-3"
        label={text.records.label}
        value={which}
        onChange={(next) =>
          void navigate({
            to: '/activity',
            search: next === 'server' ? { of: 'server' } : {},
            replace: true,
          })
        }
        tabs={[
          { value: 'local', label: text.records.local, panel: <LocalRecord /> },
          {
            value: 'server',
            label: text.records.server,
            panel: (
              <RoleGate permission="audit.read">
                <ServerRecord />
              </RoleGate>
            ),
          },
        ]}
      />
    </div>
  )
}

import { useNavigate, useSearch } from '@tanstack/react-router'
import { Page, PageHeader } from '../app/page'
import { Card } from '../ui/Card'
import { ErrorState } from '../ui/ErrorState'
import { SkeletonRows } from '../ui/Skeleton'
import { Tabs } from '../ui/Tabs'
import { About } from './About'
import { Appearance } from './Appearance'
import { Doctor } from './Doctor'
import { text } from './messages'
import { Policies } from './policy/Policies'
import { ScanCache } from './ScanCache'
import { ScanLimits } from './ScanLimits'
import { useSettings } from './use-settings'

export function SettingsPage() {
  const { section = 'appearance' } = useSearch({ from: '/settings' })
  const navigate = useNavigate()
  return (
    <Page>
      <PageHeader title={text.title} />
      <Tabs
        label={text.sectionsLabel}
        value={section}
        onChange={(next) =>
          void navigate({ to: '/settings', search: { section: next }, replace: true })
        }
        tabs={[
          {
            value: 'appearance',
            label: text.sections.appearance,
            panel: <Group of={Appearance} />,
          },
          {
            value: 'scan',
            label: text.sections.scan,
            panel: (
              <>
                <ScanCache />
                <Group of={ScanLimits} />
              </>
            ),
          },
          { value: 'policy', label: text.sections.policy, panel: <Policies /> },
          { value: 'doctor', label: text.sections.doctor, panel: <Doctor /> },
          { value: 'about', label: text.sections.about, panel: <About /> },
        ]}
      />
    </Page>
  )
}

type State = NonNullable<ReturnType<typeof useSettings>['data']>

/** What needs the settings of the host, with its three other states. */
function Group({ of: Panel }: { of: (props: { state: State }) => React.ReactNode }) {
  const { data, error, refetch } = useSettings()
  return (
    <Card className="mt-4 max-w-[880px]">
      {data ? (
        <Panel state={data} />
      ) : error ? (
        <ErrorState error={error} title={text.loadFailed} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={4} />
      )}
    </Card>
  )
}

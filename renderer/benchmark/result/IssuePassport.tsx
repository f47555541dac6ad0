import { Button } from '@renderer/ui/Button'
import { lazyComponent } from '@renderer/ui/lazy-component'
import type { ResultRow } from '@shared/benchmark/result-row'
import type { ReportId } from '@shared/scan-report/report-row'
import { useNavigate } from '@tanstack/react-router'
import { BadgeCheck } from 'lucide-react'
import { useState } from 'react'
import { text } from './messages'

const CreatePassport = lazyComponent(
  async () => (await import('../../model/CreatePassport')).CreatePassport,
)

interface IssuePassportProps {
  row: ResultRow
  /** The scan of the model that was made before it ran. */
  reportId: string | null
}

/** A passport of the measured files with this result in it. */
export function IssuePassport({ row, reportId }: IssuePassportProps) {
  const navigate = useNavigate()
  const [issuing, setIssuing] = useState(false)
  const reason = !row.publishable
    ? text.passport.never
    : reportId === null
      ? text.passport.noReport
      : null
  return (
    <>
      <Button
        icon={<BadgeCheck aria-hidden="true" className="size-4" />}
        disabledReason={reason}
        onClick={() => setIssuing(true)}
      >
        {text.passport.issue}
      </Button>
      {issuing && reportId !== null && (
        <CreatePassport
          report={{ id: reportId as ReportId, name: row.name }}
          results={[row.id]}
          onClose={() => setIssuing(false)}
          onCreated={(passportId) =>
            void navigate({ to: '/passports/$passportId', params: { passportId } })
          }
        />
      )}
    </>
  )
}

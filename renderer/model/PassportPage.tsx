import { isDefinedError } from '@orpc/client'
import { useCommand } from '@renderer/app/commands'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button, buttonClass, IconButton } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { GradeTile } from '@renderer/ui/GradeTile'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { PassportId } from '@shared/contract/model'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { EvidenceChip } from '../benchmark/EvidenceChip'
import { text } from './messages'
import { RemovePassport } from './RemovePassport'
import { StatementView } from './StatementView'
import { savePassport } from './save'
import { VerificationView } from './VerificationView'

/** One passport of this console: what it says, and what a verifier who trusts its key finds. */
export function PassportPage() {
  const { passportId } = useParams({ strict: false })
  const id = (passportId ?? '') as PassportId
  const navigate = useNavigate()
  const query = useQuery(orpc.model.show.queryOptions({ input: { id } }))
  const [removing, setRemoving] = useState(false)
  const isThere = query.data !== undefined
  useCommand('passport.export', () => void savePassport(id), isThere)
  useCommand('passport.remove', () => setRemoving(true), isThere)
  const back = (
    <Link to="/passports" search={{}} className={buttonClass('secondary')}>
      {text.page.back}
    </Link>
  )
  if (query.data === undefined) {
    const gone =
      isDefinedError(query.error) &&
      // An address that is no id at all is refused before anything is looked up.
      ['PASSPORT_NOT_FOUND', 'BAD_REQUEST'].includes(query.error.code)
    return (
      <Page>
        <PageHeader title={text.title} actions={back} />
        <Card>
          {gone ? (
            <EmptyState title={text.page.notFound} body={text.page.notFoundBody} action={back} />
          ) : query.error ? (
            <ErrorState
              error={query.error}
              title={text.page.failed}
              onRetry={() => void query.refetch()}
            />
          ) : (
            <SkeletonRows rows={8} />
          )}
        </Card>
      </Page>
    )
  }
  const { row, statement, verification } = query.data
  return (
    <Page>
      <PageHeader
        title={row.name}
        data
        facts={
          <>
            <VerdictBadge verdict={row.verdict} />
            <GradeTile grade={row.grade} size="small" />
            <EvidenceChip evidence={row.level} />
          </>
        }
        actions={
          <>
            <IconButton
              size="normal"
              label={text.page.remove}
              icon={<Trash2 aria-hidden="true" className="size-4" />}
              onClick={() => setRemoving(true)}
            />
            <Link
              to="/scan/report/$reportId"
              params={{ reportId: row.reportId }}
              search={{}}
              className={buttonClass('secondary')}
            >
              {text.page.report}
            </Link>
            {back}
            <Button
              variant="primary"
              keys="e"
              icon={<Download aria-hidden="true" className="size-4" />}
              onClick={() => void savePassport(row.id)}
            >
              {text.page.export}
            </Button>
          </>
        }
      />
      <VerificationView verification={verification} />
      <StatementView statement={statement} untrue={verification.outcome === 'invalid'} />
      <RemovePassport
        passport={removing ? row : null}
        onClose={() => setRemoving(false)}
        onRemoved={() => void navigate({ to: '/passports', search: {} })}
      />
    </Page>
  )
}

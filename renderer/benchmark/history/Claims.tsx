import { describeError } from '@renderer/app/errors'
import { formatPercent, formatSignificant } from '@renderer/app/intl'
import { orpc } from '@renderer/app/rpc'
import { Button, IconButton } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import { ErrorState } from '@renderer/ui/ErrorState'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { notify } from '@renderer/ui/toast'
import type { ClaimStatement, ClaimVerdict } from '@shared/benchmark/claim'
import { MEASURE } from '@shared/benchmark/measures'
import type { ResultRow } from '@shared/benchmark/result-row'
import type { Claim } from '@shared/contract/benchmark'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, CircleQuestionMark, CircleX, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { CheckIcon } from '../CheckIcon'
import { formatMeasured, formatMetric } from '../format'
import { text as shared } from '../messages'
import { ClaimDialog } from './ClaimDialog'
import { text } from './messages'

/** What is stated about a model, and what the results of this workspace say to it. */
export function Claims({ row }: { row: ResultRow }) {
  const [stating, setStating] = useState(false)
  const { data, error, isPending, refetch } = useQuery(
    orpc.benchmark.claims.list.queryOptions({ input: { modelSha256: row.modelSha256 } }),
  )
  return (
    <SectionCard
      title={text.claims.title}
      aside={
        <Button
          size="small"
          icon={<Plus aria-hidden="true" className="size-3.5" />}
          onClick={() => setStating(true)}
        >
          {text.claims.state}
        </Button>
      }
    >
      {isPending && <SkeletonRows rows={2} />}
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <p className="p-3 text-muted">
          {text.claims.none} {text.claims.body}
        </p>
      )}
      {data?.map((claim) => (
        <OneClaim key={claim.id} claim={claim} />
      ))}
      {stating && <ClaimDialog row={row} onClose={() => setStating(false)} />}
    </SectionCard>
  )
}

const LOOK = {
  reproduced: { icon: CircleCheck, tone: 'text-ok' },
  refuted: { icon: CircleX, tone: 'text-sev-critical-text' },
  inconclusive: { icon: CircleQuestionMark, tone: 'text-sev-info-text' },
}

function OneClaim({ claim }: { claim: Claim }) {
  const { statement, verdict, statedAt } = claim
  const { icon: Icon, tone } = LOOK[verdict.verdict]
  const figure = claimedFigure(statement)
  return (
    <article className="flex flex-col gap-1.5 border-line border-b px-3 py-2 last:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className={cx('flex items-center gap-1.5 font-semibold', tone)}>
          <Icon aria-hidden="true" className="size-4" />
          {text.claims.verdicts[verdict.verdict]}
        </span>
        <span className="font-medium">{text.claims.claimed(figure.name, figure.value)}</span>
        <span className="text-muted" translate="no">
          {statement.hardwareClass}
        </span>
        {statement.hardwareClass === null && (
          <span className="text-muted">{text.claims.anywhere}</span>
        )}
        <RelativeTime date={statedAt} className="ml-auto text-muted" />
        <RemoveClaim claimId={claim.id} />
      </div>
      <p className="text-muted">{outcome(verdict)}</p>
      <ul className="flex flex-col gap-1">
        {verdict.checks.map(({ check, result, sentence }) => (
          <li key={check} className="flex items-start gap-2 text-small">
            <CheckIcon state={result} />
            <span className="w-16 shrink-0 font-medium">{text.claims.checks[check]}</span>
            <span className="min-w-0 text-muted" translate="no">
              {sentence}
            </span>
          </li>
        ))}
      </ul>
      {statement.source !== '' && (
        <p className="text-faint text-small wrap-anywhere" translate="no">
          {statement.source}
        </p>
      )}
    </article>
  )
}

function claimedFigure({ figure }: ClaimStatement): { name: string; value: string } {
  return figure.kind === 'speed'
    ? {
        name: shared.measures[figure.measure],
        value: formatMeasured(figure.value, MEASURE[figure.measure].unit),
      }
    : { name: shared.metrics[figure.metric], value: formatMetric(figure.metric, figure.value) }
}

function outcome({ ratio, band, results, moreLaunches }: ClaimVerdict): string {
  const parts = [
    ratio &&
      text.claims.ratio(
        formatSignificant(ratio.estimate),
        formatSignificant(ratio.lower),
        formatSignificant(ratio.upper),
      ),
    text.claims.band(formatPercent(band)),
    text.claims.results(results.length),
    moreLaunches !== null && text.claims.more(moreLaunches),
  ]
  return parts.filter((part) => typeof part === 'string').join('; ')
}

function RemoveClaim({ claimId }: { claimId: string }) {
  const queries = useQueryClient()
  const remove = useMutation(
    orpc.benchmark.claims.remove.mutationOptions({
      onSuccess: async () => {
        notify({ title: text.claims.removed, tone: 'ok' })
        await queries.invalidateQueries({ queryKey: orpc.benchmark.claims.key() })
      },
      onError: (error) =>
        notify({
          title: text.claims.failed,
          description: describeError(error).message,
          tone: 'error',
        }),
    }),
  )
  return (
    <IconButton
      label={text.claims.remove}
      icon={<Trash2 aria-hidden="true" className="size-3.5" />}
      disabled={remove.isPending}
      onClick={() => remove.mutate({ claimId })}
    />
  )
}

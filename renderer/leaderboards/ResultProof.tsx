import { formatDateTime } from '@renderer/app/intl'
import { client } from '@renderer/app/rpc'
import { EvidenceChip } from '@renderer/benchmark/EvidenceChip'
import { formatMeasured, formatMetric, formatMetricInterval } from '@renderer/benchmark/format'
import { text as benchmark, ENGINE_NAME } from '@renderer/benchmark/messages'
import { Table } from '@renderer/benchmark/Table'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { GradeTile } from '@renderer/ui/GradeTile'
import type { PublishedResultRow, ServerFigure } from '@shared/backend/results'
import { MEASURE } from '@shared/benchmark/measures'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { ReasonDialog } from '../listings/shown/ReasonDialog'
import { ResultChip } from '../listings/shown/StateChip'
import { may, useMe } from '../listings/shown/use-me'
import { figureText } from '../model-page/figures'
import { Attest } from '../model-page/ModelDeed'
import { LaunchStrip } from './LaunchStrip'
import { text } from './proof-messages'

interface ResultProofProps {
  result: PublishedResultRow
  onClose: () => void
}

type Deed = 'dispute' | 'withdraw' | 'attest'

/** What stands behind a published number: its launches one by one, and how far it is believed. */
export function ResultProof({ result, onClose }: ResultProofProps) {
  const me = useMe()
  const [deed, setDeed] = useState<Deed | null>(null)
  const mine = result.seller.id === me?.id
  const live = result.state === 'counted' || result.state === 'disputed'
  if (deed !== null)
    return <ProofDeed deed={deed} resultId={result.id} onClose={() => setDeed(null)} />
  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={text.title(result.name, result.version)}
      description={text.recomputed}
      actions={
        <>
          <Link
            to="/models/$listingId"
            params={{ listingId: result.listingId }}
            search={{}}
            className={buttonClass('ghost')}
            onClick={onClose}
          >
            {text.toModel}
          </Link>
          {me && !mine && result.state === 'counted' && (
            <Button onClick={() => setDeed('dispute')}>{text.dispute.label}</Button>
          )}
          {!mine && may(me, 'results.review') && live && (
            <Button onClick={() => setDeed('attest')}>{text.attest}</Button>
          )}
          {mine && live && (
            <Button variant="danger" onClick={() => setDeed('withdraw')}>
              {text.withdraw.label}
            </Button>
          )}
          <Button onClick={onClose}>{text.close}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-2">
        <div className="flex flex-wrap items-center gap-2">
          <GradeTile grade={result.grade} size="small" />
          <EvidenceChip evidence={result.level} />
          <ResultChip state={result.state} />
          <span className="text-muted">{benchmark.evidenceWhy[result.level]}</span>
        </div>
        <Facts result={result} />
        <Figures result={result} />
      </div>
    </Dialog>
  )
}

interface ProofDeedProps {
  deed: Deed
  resultId: string
  onClose: () => void
}

function ProofDeed({ deed, resultId, onClose }: ProofDeedProps) {
  if (deed === 'attest') return <Attest subject="result" id={resultId} onClose={onClose} />
  const words = text[deed]
  const call = deed === 'dispute' ? client.listings.dispute : client.listings.withdrawResult
  return (
    <ReasonDialog
      title={words.title}
      description={words.body}
      confirm={words.confirm}
      done={words.done}
      danger={deed === 'withdraw'}
      act={(reason, operationId) => call({ operationId, resultId, reason })}
      onClose={onClose}
    />
  )
}

function Facts({ result }: { result: PublishedResultRow }) {
  const { engine, suite, facts } = { ...result, facts: text.facts }
  const name = ENGINE_NAME[engine.name as keyof typeof ENGINE_NAME] ?? engine.name
  const rows: [string, ReactNode, boolean][] = [
    [facts.suite, benchmark.suiteVersion(suite.id, suite.version), true],
    [facts.scenario, benchmark.scenarios[result.scenario], false],
    [facts.engine, text.engine(name, engine.version, benchmark.threads(engine.threads)), true],
    [facts.machine, result.hardwareClass, true],
    [facts.fingerprint, <Hash key="environment" of={result.fingerprint} />, true],
    [facts.model, <Hash key="model" of={result.modelSha256} />, true],
    [facts.seller, `@${result.seller.handle}`, true],
    [facts.measured, formatDateTime(new Date(result.measuredAt)), false],
    [facts.received, formatDateTime(new Date(result.receivedAt)), false],
  ]
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(280px,1fr))] gap-x-6 gap-y-1">
      {rows.map(([label, value, data]) => (
        <div key={label} className="flex min-w-0 items-baseline gap-3">
          <dt className="w-28 shrink-0 text-muted">{label}</dt>
          <dd className="min-w-0 truncate" translate={data ? 'no' : undefined}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Hash({ of }: { of: string }) {
  return (
    <span className="font-mono text-code" title={of}>
      {of.slice(0, 16)}
    </span>
  )
}

function Figures({ result: { figures, accuracy } }: { result: PublishedResultRow }) {
  const { columns } = text
  return (
    <div className="rounded-card border border-line">
      <Table<ServerFigure>
        label={text.figures}
        rows={figures}
        rowKey={({ measure }) => measure}
        columns={[
          { header: columns.measure, cell: ({ measure }) => benchmark.measures[measure] },
          {
            header: columns.estimate,
            align: 'end',
            cell: (figure) => <span className="font-semibold">{figureText(figure).value}</span>,
          },
          {
            header: columns.interval,
            align: 'end',
            cell: (figure) => (
              <span className="text-muted">
                {figure.confidence === null ? text.noInterval : figureText(figure).interval}
              </span>
            ),
          },
          {
            header: columns.confidence,
            align: 'end',
            cell: ({ confidence }) => (
              <span className="text-muted">
                {confidence === null ? benchmark.none : text.confidence(confidence)}
              </span>
            ),
          },
          {
            header: columns.launches,
            cell: ({ measure, values, lower, upper }) => (
              <LaunchStrip
                values={values}
                lower={lower}
                upper={upper}
                label={text.values(
                  values.map((value) => formatMeasured(value, MEASURE[measure].unit)).join(', '),
                )}
              />
            ),
          },
        ]}
      />
      {accuracy && (
        <p className="border-line border-t px-3 py-2">
          {benchmark.metrics[accuracy.metric]}{' '}
          <span className="font-semibold tabular-nums">
            {formatMetric(accuracy.metric, accuracy.value)}
          </span>{' '}
          <span className="text-muted tabular-nums">
            {formatMetricInterval(accuracy.metric, accuracy.lower, accuracy.upper)}{' '}
            {text.accuracy(accuracy.items)}
          </span>
        </p>
      )}
    </div>
  )
}

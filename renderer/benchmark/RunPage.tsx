import { safe } from '@orpc/client'
import { useCommand } from '@renderer/app/commands'
import { Page, PageHeader } from '@renderer/app/page'
import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import { useEffect, useState } from 'react'
import { ErrorNotice } from '../scan/target/ErrorNotice'
import { useRoots } from '../scan/target/use-start-scan'
import { BenchmarkNav } from './BenchmarkNav'
import { addModels, setupOf, useDraft } from './run/draft'
import { ModelPicker } from './run/ModelPicker'
import { text } from './run/messages'
import { PreflightPanel } from './run/PreflightPanel'
import { problemText } from './run/problem'
import { parseRunSearch } from './run/run-search'
import { SetupForm } from './run/SetupForm'

const REASON_LENGTH = 3
/** How long what the pre-flight saw counts. A machine is quiet now, not for ever. */
const FRESH_MS = 30_000

/** An order: what is measured, on what, how long; and beside it what the console thinks of it. */
export function RunPage() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { path, override: asked = false } = parseRunSearch(address)
  const roots = useRoots()
  const draft = useDraft()
  const [problem, setProblem] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [starting, setStarting] = useState(false)

  useEffect(() => {
    if (path === undefined) return
    addModels([path])
    void navigate({
      to: '/benchmarks/run',
      search: asked ? { override: true } : {},
      replace: true,
    })
  }, [path, asked, navigate])

  const suites = useQuery(orpc.benchmark.suites.queryOptions())
  const engines = useQuery(orpc.benchmark.engines.queryOptions())
  const choice = draft.suite ?? suites.data?.[0]?.choice ?? null
  const own = useQuery(
    orpc.benchmark.suite.queryOptions({
      input: choice ?? { kind: 'folder', path: '.' },
      enabled: choice?.kind === 'folder',
    }),
  )
  const suite =
    choice?.kind === 'folder'
      ? (own.data?.row ?? null)
      : (suites.data?.find((row) => row.id === choice?.id) ?? null)
  const setup = setupOf(draft, suite === null ? null : choice)
  const preflight = useQuery(
    orpc.benchmark.preflight.queryOptions({
      input: setup ?? NO_SETUP,
      enabled: setup !== null,
      staleTime: FRESH_MS,
    }),
  )
  const advice = preflight.data?.advice ?? []
  const needsReason = asked || advice.some(({ id }) => id === 'scan-not-clean')
  const blocked = advice.some(
    ({ id, weight }) => weight === 'blocks' && !(needsReason && id === 'scan-not-clean'),
  )
  const obstacle =
    setup === null
      ? text.noModel
      : blocked
        ? text.blocked
        : needsReason && reason.trim().length < REASON_LENGTH
          ? text.reasonNeeded
          : null

  const start = async () => {
    if (setup === null || obstacle !== null || starting) return
    setStarting(true)
    setProblem(null)
    const { error, data } = await safe(
      client.benchmark.start({
        ...setup,
        ...(needsReason && { override: { reason: reason.trim() } }),
      }),
    )
    setStarting(false)
    if (error) return setProblem(problemText(error, roots))
    await navigate({ to: '/benchmarks/running/$jobId', params: { jobId: data.jobId } })
  }
  useCommand('benchmark.start', () => void start(), obstacle === null)

  const failed = suites.error ?? engines.error ?? own.error
  return (
    <Page>
      <PageHeader
        title={text.title}
        facts={<span className="text-muted">{text.intro}</span>}
        actions={
          <Button
            variant="primary"
            keys="mod+enter"
            icon={<Play aria-hidden="true" className="size-4" />}
            disabled={starting}
            disabledReason={obstacle}
            onClick={() => void start()}
          >
            {starting ? text.starting : text.start}
          </Button>
        }
      />
      <BenchmarkNav />
      {problem && <ErrorNotice title={text.problem.title} body={problem} />}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <ModelPicker
            models={draft.models}
            fits={preflight.data?.models ?? []}
            onProblem={(error) => setProblem(error === null ? null : problemText(error, roots))}
          />
          {failed ? (
            <Card>
              <ErrorState
                error={failed}
                title={text.failedToLoad}
                message={problemText(failed, roots)}
                onRetry={() => {
                  void suites.refetch()
                  void engines.refetch()
                  void own.refetch()
                }}
              />
            </Card>
          ) : null}
          {suites.data && engines.data ? (
            <SetupForm draft={draft} suites={suites.data} engines={engines.data} suite={suite} />
          ) : (
            !failed && (
              <Card>
                <SkeletonRows rows={6} />
              </Card>
            )
          )}
        </div>
        <PreflightPanel
          wanted={setup !== null}
          preflight={preflight.data}
          error={preflight.error}
          checking={preflight.isFetching}
          onAgain={() => void preflight.refetch()}
          override={needsReason && !blocked ? reason : null}
          onOverride={setReason}
        />
      </div>
    </Page>
  )
}

/** Never asked: the query is off while there is no order. */
const NO_SETUP = { models: [{ path: '.' }], suite: { kind: 'folder' as const, path: '.' } }

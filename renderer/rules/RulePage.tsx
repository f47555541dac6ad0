import { isDefinedError } from '@orpc/client'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card, SectionCard } from '@renderer/ui/Card'
import { CopyButton } from '@renderer/ui/CopyButton'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { OutsideLink } from '@renderer/ui/OutsideLink'
import { SeverityBadge, severityName } from '@renderer/ui/SeverityBadge'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { ListedRule, RuleExample } from '@shared/contract/rules'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { visible } from '../scan/report/evidence'
import { advisoryUrl, hostOf, otherReferences } from '../scan/report/links'
import { categoryName } from './categories'
import { text } from './messages'

/** Names shown of a rule that matches hundreds. */
const MOST_NAMES = 24

/** All there is to know of one rule, with a file that shows it and one that must not. */
export function RulePage() {
  const { ruleId } = useParams({ strict: false })
  const query = useQuery(orpc.rules.explain.queryOptions({ input: { ruleId: ruleId ?? '' } }))
  const back = (
    <Link to="/rules" search={{}} className={buttonClass('secondary')}>
      {text.page.back}
    </Link>
  )
  if (query.data === undefined) {
    const gone = isDefinedError(query.error) && query.error.code === 'RULE_NOT_FOUND'
    return (
      <Page>
        <PageHeader title={ruleId ?? ''} data actions={back} />
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
  const { rule, examples, seen } = query.data
  return (
    <Page>
      <PageHeader
        title={rule.title}
        data
        facts={
          <>
            <SeverityBadge severity={rule.effectiveSeverity} />
            <span className="text-muted">{categoryName(rule.category)}</span>
            <span className="text-muted">{text.page.confidence(rule.confidence)}</span>
          </>
        }
        actions={back}
      />
      <div className="flex items-center gap-1 text-muted">
        <code translate="no">{rule.id}</code>
        {rule.effectiveSeverity !== rule.severity && (
          <span>{` · ${text.policyChanged(severityName(rule.severity))}`}</span>
        )}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-4 max-[1000px]:grid-cols-[minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <SectionCard title={text.page.why}>
            <p className="max-w-[72ch] p-3" translate="no">
              {rule.why}
            </p>
          </SectionCard>
          <SectionCard title={text.page.fix}>
            <p className="max-w-[72ch] p-3" translate="no">
              {rule.fix}
            </p>
          </SectionCard>
          <Matches rule={rule} />
          <References rule={rule} />
          <SectionCard title={text.page.seen}>
            <p className="p-3">
              {seen.findings === 0
                ? text.page.seenNever
                : text.page.seenIn(seen.findings, seen.reports)}
              {seen.findings > 0 && (
                <span className="text-muted">
                  {' · '}
                  {seen.judged === 0
                    ? text.page.judgedNone
                    : text.page.judged(
                        seen.judged,
                        seen.falsePositives,
                        1 - seen.falsePositives / seen.judged,
                      )}
                </span>
              )}
            </p>
          </SectionCard>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Example title={text.page.fires} example={examples.fires} />
          <Example title={text.page.silent} example={examples.silent} />
          <SectionCard
            title={text.page.commandLine}
            aside={
              <CopyButton
                iconOnly
                size="small"
                variant="ghost"
                label={text.page.copyCommand}
                value={command(rule.id)}
              />
            }
          >
            <pre className="overflow-auto p-3 text-code" translate="no">
              {command(rule.id)}
            </pre>
          </SectionCard>
        </div>
      </div>
    </Page>
  )
}

const command = (ruleId: string) => `npm run -s cli -- rules explain ${ruleId}`

function Matches({ rule }: { rule: ListedRule }) {
  const names = [
    ...(rule.match.names ?? []),
    ...(rule.match.unlessListed ?? []).map(text.page.unlisted),
  ]
  return (
    <SectionCard title={text.page.matches}>
      <ul className="flex flex-wrap gap-1.5 p-3" translate="no">
        {names.slice(0, MOST_NAMES).map((name) => (
          <li
            key={name}
            className="rounded-chip border border-line bg-sunken px-1.5 font-mono text-code wrap-anywhere"
          >
            {name}
          </li>
        ))}
        {names.length > MOST_NAMES && (
          <li className="text-muted">{text.page.more(names.length - MOST_NAMES)}</li>
        )}
      </ul>
    </SectionCard>
  )
}

function References({ rule }: { rule: ListedRule }) {
  const links = [
    ...[...rule.cve, ...rule.cwe].map((id) => ({ label: id, url: advisoryUrl(id) })),
    ...otherReferences(rule).map((url) => ({ label: hostOf(url), url })),
  ]
  if (links.length === 0) return null
  return (
    <SectionCard title={text.page.references}>
      <ul className="flex flex-col gap-1 p-3">
        {links.map(({ label, url }) => (
          <li key={`${label} ${url}`} className="min-w-0">
            <OutsideLink label={label} url={url} />
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

function Example({ title, example }: { title: string; example: RuleExample }) {
  return (
    <SectionCard
      title={title}
      aside={
        <CopyButton
          iconOnly
          size="small"
          variant="ghost"
          label={text.page.copyExample(example.file)}
          value={example.shown}
        />
      }
    >
      <p className="px-3 pt-2 text-muted" translate="no">
        {example.note}
      </p>
      <figure className="m-3 overflow-hidden rounded-control border border-line bg-sunken">
        <figcaption className="flex h-8 items-center gap-2 border-line border-b px-3 text-muted text-small">
          <code translate="no">{example.file}</code>
          {example.base64 !== undefined && <span className="ml-auto">{text.page.bytes}</span>}
        </figcaption>
        <pre
          className="max-h-80 overflow-auto p-3 text-code whitespace-pre-wrap wrap-anywhere"
          translate="no"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
          tabIndex={0}
        >
          {visible(example.shown)}
        </pre>
      </figure>
    </SectionCard>
  )
}

import { describeError } from '@renderer/app/errors'
import { formatDay } from '@renderer/app/intl'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Card, SectionCard } from '@renderer/ui/Card'
import { CopyButton } from '@renderer/ui/CopyButton'
import { Dialog } from '@renderer/ui/Dialog'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { notify } from '@renderer/ui/toast'
import type { KeyState, TrustedKey } from '@shared/contract/model'
import { fingerprintOf } from '@shared/model/fingerprint'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { text } from './messages'
import { TrustKey } from './TrustKey'

export function KeysPage() {
  const query = useQuery(orpc.model.keys.queryOptions())
  return (
    <Page>
      <PageHeader
        title={text.keysPage.title}
        actions={
          <Link to="/passports" search={{}} className={buttonClass('secondary')}>
            {text.page.back}
          </Link>
        }
      />
      <p className="max-w-[80ch] text-muted">{text.keysPage.about}</p>
      {query.data ? (
        <Keys state={query.data} />
      ) : (
        <Card>
          {query.error ? (
            <ErrorState
              error={query.error}
              title={text.keysPage.failed}
              onRetry={() => void query.refetch()}
            />
          ) : (
            <SkeletonRows rows={6} />
          )}
        </Card>
      )}
    </Page>
  )
}

function Keys({ state }: { state: KeyState }) {
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [trusting, setTrusting] = useState(false)
  const keep = useRef<HTMLButtonElement>(null)
  const taken = {
    onSuccess: (next: KeyState) => queries.setQueryData(orpc.model.keys.queryKey(), next),
    onError: (error: unknown) =>
      notify({
        tone: 'error',
        title: text.keysPage.changeFailed,
        description: describeError(error).message,
      }),
  }
  const rotate = useMutation(orpc.model.rotateKey.mutationOptions(taken))
  const trust = useMutation(orpc.model.trustKey.mutationOptions(taken))
  const distrust = useMutation(orpc.model.distrustKey.mutationOptions(taken))
  const makeKey = () => {
    setAsking(false)
    rotate.mutate(
      {},
      { onSuccess: () => notify({ tone: 'ok', title: text.keysPage.rotated, key: 'keys' }) },
    )
  }
  const stop = ({ keyId, pem, name }: TrustedKey) =>
    distrust.mutate(
      { keyId },
      {
        onSuccess: () =>
          notify({
            tone: 'ok',
            title: text.keysPage.distrusted(name),
            key: 'keys',
            action: { label: text.keysPage.undo, run: () => trust.mutate({ key: pem, name }) },
          }),
      },
    )
  return (
    <>
      <SectionCard
        title={text.keysPage.own}
        aside={
          <Button
            size="small"
            onClick={() => (state.own.length === 0 ? makeKey() : setAsking(true))}
          >
            {state.own.length === 0 ? text.keysPage.make : text.keysPage.rotate}
          </Button>
        }
      >
        <p className="border-line border-b px-3 py-2 text-muted wrap-anywhere">
          {state.own.length === 0
            ? text.keysPage.none
            : state.protection === 'system'
              ? text.keysPage.system
              : text.keysPage.file(state.file)}
        </p>
        <ul>
          {state.own.map(({ keyId, pem, createdAt, retiredAt }) => (
            <KeyItem key={keyId} keyId={keyId} pem={pem}>
              <span className="font-medium">
                {retiredAt === null
                  ? text.keysPage.signs
                  : text.keysPage.retired(formatDay(retiredAt))}
              </span>
              <span className="text-muted">{text.keysPage.since(formatDay(createdAt))}</span>
            </KeyItem>
          ))}
        </ul>
      </SectionCard>
      <SectionCard
        title={text.keysPage.trusted}
        aside={
          <Button size="small" onClick={() => setTrusting(true)}>
            {text.keysPage.trust}
          </Button>
        }
      >
        {state.trusted.length === 0 && (
          <p className="p-3 text-muted">{text.keysPage.noneTrusted}</p>
        )}
        <ul>
          {state.trusted.map((trusted) => (
            <KeyItem
              key={trusted.keyId}
              keyId={trusted.keyId}
              pem={trusted.pem}
              action={
                <Button
                  size="small"
                  aria-label={text.keysPage.distrustOf(trusted.name)}
                  onClick={() => stop(trusted)}
                >
                  {text.keysPage.distrust}
                </Button>
              }
            >
              <span className="font-medium" translate="no">
                {trusted.name}
              </span>
              <span className="text-muted">{text.keysPage.added(formatDay(trusted.addedAt))}</span>
            </KeyItem>
          ))}
        </ul>
      </SectionCard>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.keysPage.rotateTitle}
        description={text.keysPage.rotateBody}
        initialFocus={keep}
        actions={
          <>
            <Button ref={keep} onClick={() => setAsking(false)}>
              {text.keysPage.cancel}
            </Button>
            <Button variant="primary" onClick={makeKey}>
              {text.keysPage.rotateConfirm}
            </Button>
          </>
        }
      />
      {trusting && (
        <TrustKey
          onClose={() => setTrusting(false)}
          onTrusted={(next, name) => {
            taken.onSuccess(next)
            setTrusting(false)
            notify({ tone: 'ok', title: text.keysPage.trustedNow(name), key: 'keys' })
          }}
        />
      )}
    </>
  )
}

interface KeyItemProps {
  keyId: string
  pem: string
  action?: ReactNode
  children: ReactNode
}

function KeyItem({ keyId, pem, action, children }: KeyItemProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-line border-b px-3 py-2 last:border-0">
      <div className="min-w-60 flex-1">
        <p className="flex flex-wrap gap-2">{children}</p>
        <code className="text-small wrap-anywhere" translate="no">
          {fingerprintOf(keyId)}
        </code>
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton size="small" value={keyId} label={text.keysPage.copyId} />
        <CopyButton size="small" value={pem} label={text.keysPage.copy} />
        {action}
      </div>
    </li>
  )
}

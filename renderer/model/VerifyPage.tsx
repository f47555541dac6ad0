import { isDefinedError } from '@orpc/client'
import { describeError } from '@renderer/app/errors'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { pathOfFile } from '@renderer/app/session'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { TextField } from '@renderer/ui/TextField'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BadgeCheck, FileSearch } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { useDropTarget } from '../scan/target/use-drop-target'
import { Field } from './CreatePassport'
import { text } from './messages'
import { StatementView } from './StatementView'
import { VerificationView } from './VerificationView'

/** Bytes beyond this are not read: the host refuses a passport of this length anyway. */
const MOST_READ = 8 * 1024 * 1024 + 1

interface Given {
  name: string
  text: string
}

export function VerifyPage() {
  const input = useRef<HTMLInputElement>(null)
  const [given, setGiven] = useState<Given | null>(null)
  const [path, setPath] = useState('')
  const verify = useMutation(orpc.model.verify.mutationOptions())

  const run = (passport: Given, model: string) =>
    verify.mutate({ text: passport.text, ...(model.trim() && { path: model.trim() }) })
  const take = async (file: File) => {
    // A byte order mark is kept: a passport with one is not in its one form.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    const text = decoder.decode(await file.slice(0, MOST_READ).arrayBuffer())
    const next = { name: file.name, text: upToTheOdd(text) }
    setGiven(next)
    run(next, path)
  }
  const dragged = useDropTarget((transfer) => {
    for (const file of transfer.files)
      if (file.name.endsWith('.json')) void take(file)
      else setPath(pathOfFile(file) ?? path)
  })
  const again = (event: FormEvent) => {
    event.preventDefault()
    if (given) run(given, path)
  }
  return (
    <Page>
      <PageHeader
        title={text.verifyPage.title}
        actions={
          <>
            <Link to="/passports/keys" className={buttonClass('secondary')}>
              {text.keysLink}
            </Link>
            <Link to="/passports" search={{}} className={buttonClass('secondary')}>
              {text.page.back}
            </Link>
          </>
        }
      />
      <p className="max-w-[80ch] text-muted">{text.verifyPage.about}</p>
      <div
        className={cx(
          'flex flex-col gap-3 rounded-card border border-dashed bg-surface p-4',
          dragged === null ? 'border-line-strong' : 'border-accent bg-selected',
        )}
      >
        <div className="flex flex-wrap items-center gap-3">
          <Button
            variant="primary"
            icon={<FileSearch aria-hidden="true" className="size-4" />}
            onClick={() => input.current?.click()}
          >
            {text.verifyPage.choose}
          </Button>
          <span className="text-muted">
            {dragged === null ? text.verifyPage.drop : text.verifyPage.dropNow}
          </span>
          {given && (
            <span className="ml-auto min-w-0 truncate font-medium" translate="no">
              {given.name}
            </span>
          )}
        </div>
        <input
          ref={input}
          type="file"
          hidden
          accept=".json,application/json"
          data-passport
          onChange={({ target }) => {
            if (target.files?.[0]) void take(target.files[0])
          }}
          // The same choice again has to count as a change.
          onClick={({ currentTarget }) => {
            currentTarget.value = ''
          }}
        />
        <form className="flex flex-wrap items-end gap-2" onSubmit={again}>
          <div className="min-w-60 flex-1">
            <Field id="model-path" label={text.verifyPage.path}>
              <TextField
                id="model-path"
                className="font-mono text-code!"
                placeholder={text.verifyPage.pathPlaceholder}
                value={path}
                maxLength={4096}
                onChange={(event) => setPath(event.target.value)}
              />
            </Field>
          </div>
          <Button type="submit" disabledReason={given === null ? text.verifyPage.none : null}>
            {text.verifyPage.again}
          </Button>
        </form>
      </div>
      <div aria-live="polite" className="flex flex-col gap-4">
        {verify.isPending ? (
          <Card>
            <span className="sr-only">{text.verifyPage.verifying}</span>
            <SkeletonRows rows={6} />
          </Card>
        ) : verify.error ? (
          <Card>
            <ErrorState
              error={verify.error}
              title={text.verifyPage.failed}
              message={problemOf(verify.error)}
            />
          </Card>
        ) : verify.data ? (
          <>
            <VerificationView verification={verify.data.verification} />
            {verify.data.statement && (
              <StatementView
                statement={verify.data.statement}
                untrue={verify.data.verification.outcome === 'invalid'}
              />
            )}
          </>
        ) : (
          <Card>
            <EmptyState
              icon={<BadgeCheck aria-hidden="true" />}
              title={text.verifyPage.none}
              body={text.verifyPage.noneBody}
            />
          </Card>
        )}
      </div>
    </Page>
  )
}

/**
 * A passport is plain ASCII from end to end. Of anything else the host sees enough to refuse it: a
 * file of control characters would be six times as long on its way.
 */
function upToTheOdd(text: string): string {
  const odd = text.search(/[^ -~]/)
  return odd === -1 ? text : text.slice(0, odd + 1)
}

function problemOf(error: unknown): string {
  if (isDefinedError(error)) {
    const { code } = error as { code: string }
    if (code === 'PATH_NOT_GRANTED') return text.verifyPage.notGranted
    if (code === 'PATH_NOT_FOUND') return text.verifyPage.notThere
  }
  return describeError(error).message
}

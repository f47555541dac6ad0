import { Field } from '@renderer/account/Form'
import { describeError } from '@renderer/app/errors'
import { client, orpc, queryClient } from '@renderer/app/rpc'
import { TextField } from '@renderer/ui/TextField'
import { notify } from '@renderer/ui/toast'
import type { Limit } from '@shared/backend/operations'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useId, useState } from 'react'
import { ReasonDialog } from '../administration/ReasonDialog'
import { text } from './messages'

/** New values, and before they are saved what they would have done to yesterday's callers. */
export function EditLimit({ limit, onClose }: { limit: Limit; onClose(): void }) {
  const id = useId()
  const { rpc } = limit
  const [burst, setBurst] = useState(String(limit.burst))
  const [perMinute, setPerMinute] = useState(String(limit.perMinute))
  return (
    <ReasonDialog
      title={text.edit.title(rpc)}
      description={text.edit.body}
      confirm={text.edit.confirm}
      onClose={onClose}
      onConfirm={async (reason, operationId) => {
        await client.limits.save({
          operationId,
          rpc,
          burst: Number(burst),
          perMinute: Number(perMinute),
          reason,
        })
        await queryClient.invalidateQueries({ queryKey: orpc.limits.key() })
        notify({ tone: 'ok', title: text.edit.done(rpc) })
      }}
    >
      <div className="grid grid-cols-2 gap-3">
        <Field id={`${id}-burst`} label={text.edit.burst}>
          <TextField
            id={`${id}-burst`}
            type="number"
            required
            min={1}
            max={100_000}
            step={1}
            value={burst}
            onChange={(event) => setBurst(event.target.value)}
          />
        </Field>
        <Field id={`${id}-minute`} label={text.edit.perMinute}>
          <TextField
            id={`${id}-minute`}
            type="number"
            required
            min={0.01}
            max={1_000_000}
            step="any"
            value={perMinute}
            onChange={(event) => setPerMinute(event.target.value)}
          />
        </Field>
      </div>
      <Preview rpc={rpc} burst={Number(burst)} perMinute={Number(perMinute)} />
    </ReasonDialog>
  )
}

function Preview(props: { rpc: string; burst: number; perMinute: number }) {
  // Behind the keys, so that each digit is not a call of its own.
  const { rpc, burst, perMinute } = useDeferredValue(props)
  const usable =
    Number.isInteger(burst) &&
    burst >= 1 &&
    burst <= 100_000 &&
    perMinute >= 0.01 &&
    perMinute <= 1_000_000
  const query = useQuery(
    orpc.limits.preview.queryOptions({
      input: { rpc, burst: usable ? burst : 1, perMinute: usable ? perMinute : 1 },
      enabled: usable,
      placeholderData: keepPreviousData,
    }),
  )
  const sentence = () => {
    if (!usable) return text.edit.invalid
    if (query.error) return `${text.edit.previewFailed}: ${describeError(query.error).message}`
    if (query.data === undefined) return text.edit.previewing
    const { calls, refusedThen, callersThen, refusedNow } = query.data
    return calls === 0
      ? text.edit.quiet
      : text.edit.would(refusedThen, callersThen, calls, refusedNow)
  }
  return (
    <div className="rounded-control border border-line bg-sunken px-3 py-2">
      <p className="font-medium text-small">{text.edit.preview}</p>
      <p role="status">{sentence()}</p>
    </div>
  )
}

import { describeError } from '@renderer/app/errors'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { notify } from '@renderer/ui/toast'
import type { EngineCheck, EngineState } from '@shared/contract/benchmark'
import { useMutation } from '@tanstack/react-query'
import { CheckIcon } from '../CheckIcon'
import { text } from './messages'

/** Reads the library anew, shows its hash, and says whether results ran with the same one. */
export function EngineVerify({ engine: { name, title } }: { engine: EngineState }) {
  const verify = useMutation(
    orpc.benchmark.verifyEngine.mutationOptions({
      onError: (error) =>
        notify({
          tone: 'error',
          title: text.notVerified(title),
          description: describeError(error).message,
        }),
    }),
  )
  if (verify.data) return <Outcome check={verify.data} />
  return (
    <Button
      size="small"
      aria-label={text.verifyNamed(text.verify, title)}
      disabled={verify.isPending}
      onClick={() => verify.mutate({ engine: name })}
    >
      {verify.isPending ? text.verifying : text.verify}
    </Button>
  )
}

function Outcome({ check: { librarySha256, same, different } }: { check: EngineCheck }) {
  const state = different > 0 ? 'bad' : same > 0 ? 'ok' : 'unknown'
  return (
    <div role="status" className="flex w-full flex-col gap-1 text-small">
      <p className="flex items-start gap-1.5">
        <CheckIcon state={state} />
        {different > 0 ? text.changed(different) : same > 0 ? text.same(same) : text.unused}
      </p>
      <p className="text-muted">
        {text.hash}
        <code className="block wrap-anywhere" translate="no">
          {librarySha256}
        </code>
      </p>
    </div>
  )
}

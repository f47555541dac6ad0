import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { Dialog } from '@renderer/ui/Dialog'
import type { AccountState } from '@shared/contract/account'
import { useRef, useState } from 'react'
import { Fact, Problem } from './Form'
import { text } from './messages'
import { useAsked } from './use-asked'

/** Seconds by which a clock may be off before it is worth a word. */
const WORTH_SAYING_S = 5

export function SessionCard({ state }: { state: AccountState }) {
  const { ask, busy, problem } = useAsked()
  const [asking, setAsking] = useState(false)
  const cancel = useRef<HTMLButtonElement>(null)
  const signOut = (everywhere: boolean) => {
    setAsking(false)
    void ask(() => client.account.signOut({ everywhere }))
  }
  const offset = state.clockOffsetSeconds ?? 0
  return (
    <SectionCard
      title={text.session.title}
      aside={
        <span className="flex gap-2">
          <Button size="small" disabled={busy} onClick={() => setAsking(true)}>
            {text.session.everywhere}
          </Button>
          <Button size="small" disabled={busy} onClick={() => signOut(false)}>
            {text.session.signOut}
          </Button>
        </span>
      }
    >
      <dl>
        <Fact term={text.session.keptLabel}>{text.session.kept[state.kept]}</Fact>
        {state.aal !== null && (
          <Fact term={text.session.assurance}>{text.session.aal[state.aal]}</Fact>
        )}
        {Math.abs(offset) >= WORTH_SAYING_S && (
          <Fact term={text.session.clock}>{text.session.clockOff(offset)}</Fact>
        )}
      </dl>
      <Problem>{problem}</Problem>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.session.everywhereTitle}
        description={text.session.everywhereBody}
        initialFocus={cancel}
        actions={
          <>
            <Button ref={cancel} onClick={() => setAsking(false)}>
              {text.session.cancel}
            </Button>
            <Button variant="danger" onClick={() => signOut(true)}>
              {text.session.signOut}
            </Button>
          </>
        }
      />
    </SectionCard>
  )
}

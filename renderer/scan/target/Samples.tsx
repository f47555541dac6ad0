import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { FlaskConical } from 'lucide-react'
import { text } from '../messages'

export function Samples({ busy, onStart }: { busy: boolean; onStart: () => void }) {
  return (
    <SectionCard title={text.samples.title}>
      <div className="flex flex-wrap items-center gap-3 p-3">
        <p className="min-w-48 flex-1 text-muted">{text.samples.body}</p>
        <Button
          disabled={busy}
          icon={<FlaskConical aria-hidden="true" className="size-4" />}
          onClick={onStart}
        >
          {text.samples.action}
        </Button>
      </div>
    </SectionCard>
  )
}

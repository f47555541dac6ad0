import { IconButton } from '@renderer/ui/Button'
import { CopyButton } from '@renderer/ui/CopyButton'
import type { ModelFit } from '@shared/benchmark/preflight'
import { ArrowUpToLine, X } from 'lucide-react'
import { baseName } from '../../scan/target/picker-entries'
import { CheckIcon } from '../CheckIcon'
import { Tag } from '../Tag'
import { changeDraft } from './draft'
import { text } from './messages'

interface ModelListProps {
  models: readonly string[]
  /** Of the pre-flight, in the order of the models; empty while it is on its way. */
  fits: readonly ModelFit[]
}

/** The chosen models with what the pre-flight says of each; the first is the baseline. */
export function ModelList({ models, fits }: ModelListProps) {
  return (
    <ul>
      {models.map((path, at) => {
        const name = baseName(path)
        const rest = models.filter((other) => other !== path)
        return (
          <li key={path} className="flex flex-col border-line border-b px-3 py-1.5">
            <div className="flex min-w-0 items-center gap-2">
              <span className="min-w-0 truncate font-medium" title={path} translate="no">
                {name}
              </span>
              {models.length > 1 && at === 0 && <Tag>{text.models.baseline}</Tag>}
              <span className="ml-auto flex shrink-0">
                {at > 0 && (
                  <IconButton
                    label={text.models.first(name)}
                    icon={<ArrowUpToLine aria-hidden="true" className="size-3.5" />}
                    onClick={() => changeDraft({ models: [path, ...rest] })}
                  />
                )}
                <IconButton
                  label={text.models.remove(name)}
                  icon={<X aria-hidden="true" className="size-4" />}
                  onClick={() => changeDraft({ models: rest })}
                />
              </span>
            </div>
            <Fit fit={fits[at] ?? null} />
          </li>
        )
      })}
    </ul>
  )
}

function Fit({ fit }: { fit: ModelFit | null }) {
  if (fit === null) return <p className="text-faint text-small">{text.models.checking}</p>
  const { runs, needsBytes, freeBytes, reasons, exportCommand } = fit
  return (
    <div className="flex flex-col gap-1 text-small">
      <p className="flex items-center gap-1.5 text-muted">
        <CheckIcon state={runs ? 'ok' : 'bad'} />
        {!runs
          ? text.models.doesNot
          : needsBytes === null
            ? text.models.runs
            : text.models.fits(needsBytes, freeBytes)}
      </p>
      {reasons.map((reason) => (
        <p key={reason} className="pl-5.5 text-muted wrap-anywhere" translate="no">
          {reason}
        </p>
      ))}
      {exportCommand && (
        <div className="flex flex-wrap items-center gap-2 pl-5.5">
          <span className="text-muted">{text.models.exportWith}</span>
          <code className="min-w-0 rounded-chip bg-sunken px-1.5 wrap-anywhere" translate="no">
            {exportCommand}
          </code>
          <CopyButton
            iconOnly
            size="small"
            variant="ghost"
            label={text.models.copyCommand}
            value={exportCommand}
          />
        </div>
      )}
    </div>
  )
}

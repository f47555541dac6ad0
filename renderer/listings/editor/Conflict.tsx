import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import type { Card } from '@shared/backend/listings'
import { useId, useState } from 'react'
import { priceText, text as shared } from '../messages'
import { text } from './conflict-messages'
import type { CardField } from './draft'
import type { Conflict as Found } from './use-editor'

interface ConflictProps {
  conflict: Found
  onResolve: (mine: ReadonlySet<CardField>) => void
  onClose: () => void
}

/** Fields that were changed here and elsewhere: mine or theirs, one by one. */
export function Conflict({ conflict, onResolve, onClose }: ConflictProps) {
  const id = useId()
  const [mine, setMine] = useState<ReadonlySet<CardField>>(new Set(conflict.fields))
  const choose = (field: CardField, isMine: boolean) => {
    const next = new Set(mine)
    if (isMine) next.add(field)
    else next.delete(field)
    setMine(next)
  }
  return (
    <Dialog
      open
      size="wide"
      onClose={onClose}
      title={text.title}
      description={text.description}
      actions={
        <>
          <Button className="mr-auto" onClick={() => setMine(new Set())}>
            {text.allTheirs}
          </Button>
          <Button onClick={onClose}>{text.later}</Button>
          <Button variant="primary" onClick={() => onResolve(mine)}>
            {text.take}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-1">
        {conflict.fields.map((field) => (
          <fieldset key={field} className="flex flex-col gap-1">
            <legend className="mb-1 font-medium">{text.fields[field]}</legend>
            <div className="grid grid-cols-2 gap-2">
              {(['mine', 'theirs'] as const).map((side) => (
                <label
                  key={side}
                  className="flex min-w-0 cursor-pointer items-start gap-2 rounded-control border border-line p-2 hover:bg-sunken has-checked:border-accent has-checked:bg-selected"
                >
                  <input
                    type="radio"
                    className="mt-0.5"
                    name={`${id}-${field}`}
                    checked={mine.has(field) === (side === 'mine')}
                    onChange={() => choose(field, side === 'mine')}
                  />
                  <span className="min-w-0 flex-1">
                    <span className="block text-muted text-small">{text.sides[side]}</span>
                    <span className="line-clamp-6 whitespace-pre-wrap wrap-anywhere" translate="no">
                      {shown(conflict[side], field)}
                    </span>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </Dialog>
  )
}

function shown(card: Card, field: CardField): string {
  if (field === 'category') return shared.categories[card.category]
  if (field === 'price') return priceText(card.price)
  if (field === 'tags') return card.tags.join(', ') || text.empty
  return card[field] || text.empty
}

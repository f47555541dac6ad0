import { formatNumber } from '@renderer/app/intl'
import { Button } from '@renderer/ui/Button'
import { cx } from '@renderer/ui/cx'
import { Menu, MenuChoice } from '@renderer/ui/Menu'
import { ListFilter } from 'lucide-react'
import { text } from './detail-messages'
import { STATES, type State } from './dispositions'

interface StateMenuProps {
  counts: Record<State | 'aside', number>
  value: State | 'aside' | null
  onChange: (state: State | 'aside' | undefined) => void
}

/** Limits the list to what is open, or to what was set aside and why. */
export function StateMenu({ counts, value, onChange }: StateMenuProps) {
  const nameOf = (state: State | 'aside') => (state === 'aside' ? text.aside : text.states[state])
  const label = value === null ? text.anyState : nameOf(value)
  return (
    <Menu
      trigger={
        <Button
          size="small"
          variant="ghost"
          icon={<ListFilter aria-hidden="true" className="size-3.5" />}
          className={cx(value !== null && 'border-accent! bg-selected! text-text!')}
        >
          <span className="sr-only">{text.state}</span>
          {label}
        </Button>
      }
    >
      <MenuChoice
        label={text.state}
        value={value ?? 'any'}
        options={[
          { value: 'any', label: text.anyState },
          ...STATES.map((state) => ({
            value: state,
            label: `${nameOf(state)} (${formatNumber(counts[state])})`,
          })),
        ]}
        onChange={(state) => onChange(state === 'any' ? undefined : state)}
      />
    </Menu>
  )
}

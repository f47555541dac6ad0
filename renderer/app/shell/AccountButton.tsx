import { CircleUser } from 'lucide-react'
import { buttonClass } from '../../ui/Button'
import { cx } from '../../ui/cx'
import { useAccount } from '../account'
import { text } from '../messages'

/** Who is signed in, and to what. `ref` and the rest come from the menu. */
export function AccountButton({ className, ...rest }: React.ComponentProps<'button'>) {
  const state = useAccount()
  const me = state?.signedIn === true ? state.me : null
  const name = me === null ? text.account.signedOut : me.displayName || me.handle
  const local = state?.kind === 'local'
  return (
    <button
      type="button"
      aria-haspopup="menu"
      {...rest}
      // All that is seen is part of its name.
      aria-label={text.account.menu(local ? `${name} ${text.account.local}` : name)}
      className={cx(buttonClass('ghost', 'small'), 'max-w-72', className)}
    >
      <CircleUser aria-hidden="true" className="size-4 shrink-0" />
      {/* Made by sample data or by people: never translated. */}
      <span translate={me === null ? undefined : 'no'} className="truncate max-[900px]:sr-only">
        {name}
      </span>{' '}
      {local && (
        <span className="rounded-chip border border-line-strong px-1.5 text-meta max-[1000px]:hidden">
          {text.account.local}
        </span>
      )}
    </button>
  )
}

import { buttonClass, IconButton } from '@renderer/ui/Button'
import { KeyHint } from '@renderer/ui/KeyHint'
import { Menu, MenuItem } from '@renderer/ui/Menu'
import type { Listing } from '@shared/backend/listings'
import { Link } from '@tanstack/react-router'
import { EllipsisVertical, GitCompareArrows, Pencil } from 'lucide-react'
import type { Deed } from './ModelDeed'
import { text } from './messages'

interface ModelActionsProps {
  listing: Listing
  onDeed: (deed: Deed) => void
}

/** What the reader may do, and nothing else: the server decides by the same rules. */
export function ModelActions({ listing, onDeed }: ModelActionsProps) {
  const { can, state, restriction, appeals, versions } = listing
  const appealed = appeals.some((appeal) => appeal.state === 'open')
  const deeds: { label: string; deed: Deed }[] = [
    ...(can.edit && state === 'published'
      ? [{ label: text.actions.withdraw, deed: { kind: 'withdraw', version: null } as const }]
      : []),
    ...(can.appeal && !appealed
      ? [{ label: text.actions.appeal, deed: { kind: 'appeal' } as const }]
      : []),
    ...(can.restrict
      ? [
          restriction
            ? { label: text.actions.lift, deed: { kind: 'lift' } as const }
            : { label: text.actions.restrict, deed: { kind: 'restrict' } as const },
        ]
      : []),
    ...(can.remove ? [{ label: text.actions.remove, deed: { kind: 'remove' } as const }] : []),
  ]
  return (
    <>
      {versions.length > 1 && (
        <Link
          to="/models/$listingId/compare"
          params={{ listingId: listing.id }}
          search={{}}
          className={buttonClass()}
        >
          <GitCompareArrows aria-hidden="true" className="size-4" />
          {text.actions.compare}
          <KeyHint keys="c" />
        </Link>
      )}
      {can.edit && (
        <Link
          to="/listings/$listingId/edit"
          params={{ listingId: listing.id }}
          className={buttonClass('primary')}
        >
          <Pencil aria-hidden="true" className="size-4" />
          {text.actions.edit}
          <KeyHint keys="e" />
        </Link>
      )}
      {deeds.length > 0 && (
        <Menu
          trigger={
            <IconButton
              label={text.actions.more}
              size="normal"
              variant="secondary"
              icon={<EllipsisVertical aria-hidden="true" className="size-4" />}
            />
          }
        >
          {deeds.map(({ label, deed }) => (
            <MenuItem key={deed.kind} onSelect={() => onDeed(deed)}>
              {label}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  )
}

import { client } from '@renderer/app/rpc'
import type { Listing, ModelVersion } from '@shared/backend/listings'
import { ReasonDialog } from '../shown/ReasonDialog'
import { text } from './withdraw-messages'

interface WithdrawProps {
  listing: Pick<Listing, 'id' | 'card'>
  what: ModelVersion | 'listing'
  onClose: () => void
}

/** Takes a version or the whole listing back, with the reason that the log keeps. */
export function Withdraw({ listing, what, onClose }: WithdrawProps) {
  const whole = what === 'listing'
  const name = whole ? listing.card.name : what.number
  return (
    <ReasonDialog
      title={whole ? text.listing(name) : text.version(name)}
      description={whole ? text.listingWhat : text.versionWhat}
      confirm={text.confirm}
      danger
      done={text.done(name)}
      act={(reason, operationId) =>
        client.listings.withdraw({
          operationId,
          listingId: listing.id,
          versionId: whole ? null : what.id,
          reason,
        })
      }
      onClose={onClose}
    />
  )
}

import { lazyComponent } from '@renderer/ui/lazy-component'
import type { Listing, Price } from '@shared/backend/listings'
import { text as shared } from '../listings/shown/messages'
import { formatAmount } from '../listings/shown/price'
import { text } from './messages'

const PriceChart = lazyComponent(
  async () => (await import('@renderer/charts/PriceChart')).PriceChart,
  // As high as the chart.
  () => <div className="h-[222px] rounded-card border border-line bg-surface" />,
)

type Change = Listing['prices'][number]
const alike = (a: Price, b: Price) => a.currency === b.currency && a.unit === b.unit

/** Prices in the present currency and unit as steps; one price alone is no history. */
export function PriceHistory({ prices }: { prices: readonly Change[] }) {
  const ordered = prices.toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const last = ordered.findLast(({ price }) => price !== null)?.price
  if (!last) return null
  const drawn = ordered.flatMap(({ price, at }) =>
    price && alike(price, last) ? [{ at: new Date(at), value: price.amount }] : [],
  )
  if (drawn.length < 2) return null
  const left = ordered.length - drawn.length
  return (
    <PriceChart
      title={text.priceHistory}
      unit={`${last.currency}, ${shared.unitNames[last.unit]}`}
      {...(left > 0 && { caption: text.priceCaption(left) })}
      points={drawn}
      until={new Date()}
      format={(amount) => formatAmount(Math.round(amount), last.currency)}
    />
  )
}

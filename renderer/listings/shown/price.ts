import { locale } from '@renderer/app/intl'
import type { Price } from '@shared/backend/listings'
import { text } from './messages'

/** Every currency that is offered has a hundred minor units. */
const MINOR = 100
const formats = new Map<string, Intl.NumberFormat>()

/** '€12' or '€12.50'. */
export function formatAmount(amount: number, currency: Price['currency']): string {
  const whole = amount % MINOR === 0
  const key = `${currency} ${whole}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: whole ? 0 : 2,
    })
    formats.set(key, format)
  }
  return format.format(amount / MINOR)
}

export function formatPrice(price: Price | null): string {
  if (price === null) return text.noPrice
  if (price.amount === 0) return text.free
  return text.units[price.unit](formatAmount(price.amount, price.currency))
}

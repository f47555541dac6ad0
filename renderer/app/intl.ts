/**
 * Every word and number that the page shows goes through here. Texts live in typed catalogues, one
 * a feature; numbers, sizes and times go through Intl. With `?pseudo` in the address each text
 * comes back accented, a third longer and in brackets, so a test finds whatever went past this
 * file and every layout that breaks with a longer language.
 */

/** Read here and not from the document: this module may run before the boot module does. */
export const pseudoLocale =
  typeof location !== 'undefined' && new URLSearchParams(location.search).has('pseudo')

/** The catalogues are English, so numbers and dates are too; the region is the browser's. */
const languages = typeof navigator === 'undefined' ? [] : (navigator.languages ?? [])
export const locale = languages.find((tag) => /^en\b/.test(tag)) ?? 'en-GB'

type Entry = string | ((...values: never[]) => string)
export interface Catalogue {
  readonly [key: string]: Entry | Catalogue
}

export function catalogue<T extends Catalogue>(entries: T): T {
  return pseudoLocale ? pseudoCatalogue(entries) : entries
}

export function pseudoCatalogue<T extends Catalogue>(entries: T): T {
  const out: Record<string, Entry | Catalogue> = {}
  for (const [key, entry] of Object.entries(entries)) {
    if (typeof entry === 'string') out[key] = pseudoText(entry)
    else if (typeof entry === 'function') out[key] = (...values) => pseudoText(entry(...values))
    else out[key] = pseudoCatalogue(entry)
  }
  return out as T
}

const ACCENTED: Record<string, string> = Object.fromEntries(
  [...'aáeéiíoóuúyýcçnñAÁEÉIÍOÓUÚYÝCÇNÑ'].flatMap((letter, at, all) =>
    at % 2 === 0 ? [[letter, all[at + 1] ?? letter]] : [],
  ),
)

/** 'Scan' -> '⟦Sçáñ~~⟧': a third longer, as German or Finnish would be. */
export function pseudoText(text: string): string {
  const accented = [...text].map((letter) => ACCENTED[letter] ?? letter).join('')
  return `⟦${accented}${'~'.repeat(Math.ceil(text.length / 3))}⟧`
}

/** What a formatter makes is translated too, but must keep its width. */
const formatted = (text: string) => (pseudoLocale ? `⟦${text}⟧` : text)

const pluralRules = new Intl.PluralRules(locale)
const ordinary = new Intl.NumberFormat(locale)

/** '#' stands for the number. English has two forms; a language with more adds its own keys. */
export function plural(
  n: number,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string },
): string {
  const form = forms[pluralRules.select(n)] ?? forms.other
  return form.replaceAll('#', ordinary.format(n))
}

const list = new Intl.ListFormat(locale, { type: 'conjunction' })
export const formatList = (items: Iterable<string>) => list.format(items)

export const formatNumber = (n: number) => ordinary.format(n)

const fraction = new Map<number, Intl.NumberFormat>()
function decimals(n: number, digits: number): string {
  let format = fraction.get(digits)
  if (!format) {
    format = new Intl.NumberFormat(locale, { maximumFractionDigits: digits })
    fraction.set(digits, format)
  }
  return format.format(n)
}

/** `share` is 0..1. Only a whole is 100 %: 0.9999 is 99 %, since a job at 100 % is done. */
export function formatPercent(share: number, digits = 0): string {
  const scale = 100 * 10 ** digits
  const floored = share < 1 ? Math.floor(share * scale) / 10 ** digits : 100
  return `${decimals(floored, digits)}\u00a0%`
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Decimal units (1 kB = 1,000 B), three significant digits at most. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  // 999.5 would print as 1,000, so it belongs to the next unit already.
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return formatted(`${decimals(value, digits)}\u00a0${BYTE_UNITS[unit]}`)
}

export const formatRate = (bytesPerSecond: number) => `${formatBytes(bytesPerSecond)}/s`

/** Milliseconds in, '340 ms', '4.2 s', '2 min 5 s' or '1 h 3 min' out. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return formatted(`${decimals(ms, ms < 10 ? 1 : 0)}\u00a0ms`)
  if (ms < 59_950) return formatted(`${decimals(ms / 1000, 1)}\u00a0s`)
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return formatted(pair(seconds, 60, 'min', 's'))
  return formatted(pair(Math.round(seconds / 60), 60, 'h', 'min'))
}

const significant = new Map<number, Intl.NumberFormat>()
/** Rounded to so many digits that mean something: 0.012345 is 0.0123. */
export function formatSignificant(n: number, digits = 3): string {
  let format = significant.get(digits)
  if (!format) {
    format = new Intl.NumberFormat(locale, { maximumSignificantDigits: digits })
    significant.set(digits, format)
  }
  return format.format(n)
}

const LATENCY_UNITS = ['ns', 'µs', 'ms', 's']

/** Nanoseconds in; '8.41 µs', '12.3 ms' or '1.2 s' out, three significant digits at most. */
export function formatLatency(nanoseconds: number): string {
  let value = nanoseconds
  let unit = 0
  while (Math.abs(value) >= 999.5 && unit < LATENCY_UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return formatted(`${formatSignificant(value)}\u00a0${LATENCY_UNITS[unit]}`)
}

const change = new Intl.NumberFormat(locale, {
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
})

/** A part more or less, always with its sign: 0.052 is '+5.2 %', -0.03 is '-3 %'. */
export const formatChange = (part: number): string =>
  formatted(`${change.format(part * 100)}\u00a0%`)

function pair(small: number, ratio: number, bigUnit: string, smallUnit: string): string {
  const rest = small % ratio
  const big = `${ordinary.format(Math.floor(small / ratio))}\u00a0${bigUnit}`
  return rest === 0 ? big : `${big} ${rest}\u00a0${smallUnit}`
}

const RELATIVE_STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]
/** Intl says 'now', which reads wrong of something that is over: 'Scanned now'. */
const JUST_NOW = 'just now'
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

/** '12 minutes ago', 'yesterday', 'just now' below 45 seconds. */
export function formatRelative(date: Date, now: Date = new Date()): string {
  const seconds = (date.getTime() - now.getTime()) / 1000
  if (Math.abs(seconds) < 45) return formatted(JUST_NOW)
  const [unit, size] = RELATIVE_STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? [
    'minute',
    60,
  ]
  return formatted(relative.format(Math.round(seconds / size), unit))
}

const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const isoDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })

export const formatDateTime = (date: Date) => formatted(dateTime.format(date))
export const formatDay = (date: Date) => formatted(day.format(date))
/** '2026-12-01' is a day and no moment: it reads the same in every time zone. */
export const formatIsoDay = (day: string) => formatted(isoDay.format(new Date(`${day}T00:00Z`)))
export const formatTime = (date: Date) => formatted(clock.format(date))

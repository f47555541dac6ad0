import { catalogue, formatIsoDay, formatNumber, plural } from '@renderer/app/intl'

const findings = (n: number) => plural(n, { one: '# finding', other: '# findings' })

export const text = catalogue({
  profile: 'Profile',
  digest: 'Digest',
  nothing: 'Every finding is as its rule says.',
  changed: (n: number) => `Severity changed: ${findings(n)}`,
  ignored: (n: number) => `Ignored by policy: ${findings(n)}`,
  until: (day: string) => `until ${formatIsoDay(day)}`,
  more: (n: number) => `and ${formatNumber(n)} more`,
})

import { advisoryUrl } from '@shared/scan-report/advisory'
import type { RuleSet } from '@shared/scan-report/match'
import { shell } from 'electron'

/**
 * Opens an address in the user's browser if a rule refers to it or a sign-in waits for it, and does
 * nothing otherwise: a scanned file never chooses where a click leads. Rejects when rules or browser
 * are out of order.
 */
export async function openReference(
  address: string,
  rules: () => RuleSet,
  signInPage?: string,
): Promise<void> {
  // Of the connected project, which may be on this computer, without TLS.
  if (signInPage !== undefined && address === signInPage) return shell.openExternal(signInPage)
  const url = standardForm(address)
  if (url !== undefined && referencesOf(rules()).has(url)) await shell.openExternal(url)
}

/** What the report page links to: references of rules, and the advisories they name. */
function referencesOf({ rules }: RuleSet): ReadonlySet<string | undefined> {
  const addresses = rules.flatMap((rule) => [
    ...rule.references,
    ...[...rule.cve, ...rule.cwe].map((id) => advisoryUrl(id) ?? ''),
  ])
  return new Set(addresses.map(standardForm))
}

/** The address as it would be opened; undefined unless it is https. */
function standardForm(address: string): string | undefined {
  const url = URL.parse(address)
  return url?.protocol === 'https:' ? url.href : undefined
}

export { advisoryUrl, otherReferences } from '@shared/scan-report/advisory'

/** 'docs.python.org/3/library/pickle.html': what a link shows instead of its scheme. */
export function hostOf(url: string): string {
  const { hostname, pathname } = new URL(url)
  return `${hostname.replace(/^www\./, '')}${pathname === '/' ? '' : pathname}`
}

/** Page of a rule in this console. */
export const ruleHref = (ruleId: string): string => `#/rules/${encodeURIComponent(ruleId)}`

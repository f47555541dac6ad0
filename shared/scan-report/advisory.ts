/** Address of an advisory in the database that assigns its number; null for an unknown scheme. */
export function advisoryUrl(id: string): string | null {
  if (/^CVE-\d{4}-\d+$/.test(id)) return `https://www.cve.org/CVERecord?id=${id}`
  if (/^GHSA(-[0-9a-z]{4}){3}$/.test(id)) return `https://github.com/advisories/${id}`
  const cwe = /^CWE-(\d+)$/.exec(id)
  return cwe ? `https://cwe.mitre.org/data/definitions/${cwe[1]}.html` : null
}

/** References that are not the page of one of the numbers: those are linked by their number. */
export function otherReferences(about: {
  cve: readonly string[]
  cwe: readonly string[]
  references: readonly string[]
}): string[] {
  const linked = new Set([...about.cve, ...about.cwe].map(advisoryUrl))
  return about.references.filter((url) => !linked.has(url))
}

import { stepPoints } from './grade'
import { HTML_STYLE } from './html-style'
import { logged } from './logged'
import { placeOf } from './place'
import {
  type FileReport,
  type Finding,
  type ScanReport,
  type ScanSummary,
  SEVERITIES,
  VERDICTS,
} from './report'

/**
 * A report as one file: no script, no network, no frame, which its own Content-Security-Policy
 * states. `sha256Base64` hashes the style for it. Everything that is shown is escaped.
 */
export function toHtml(report: ScanReport, sha256Base64: (text: string) => string): string {
  const { summary, policy } = report
  const title = `Scan of ${report.roots.map(logged).join(', ') || 'nothing'}`
  const ignored = report.files.flatMap((file) =>
    (file.ignored ?? []).map((one) => ({ file, ...one })),
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${sha256Base64(HTML_STYLE)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${html(title)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main>
<h1>${html(title)}</h1>
<p class="dim">${html(report.startedAt.slice(0, 16).replace('T', ' '))} UTC · rules ${html(report.rulesVersion)}${policy === undefined ? '' : ` · policy ${html(policy.name)} (${policy.profile}, ${html(policy.digest)})`} · ${(report.durationMs / 1000).toFixed(2)} s</p>
${head(summary)}
${charts(summary)}
${gradeTable(summary)}
${fileTable(report.files)}
${report.files.map(fileSection).join('')}
${ignoredTable(ignored)}
${list('Notes', report.notes)}
</main>
</body>
</html>
`
}

function head(summary: ScanSummary): string {
  return `<div class="top"><div class="grade s-${summary.verdict}">${html(summary.grade)}</div>
<div><p class="tag s-${summary.verdict}">${summary.verdict}</p>
<p>${summary.score} of 100 points · ${plural(summary.files, 'file')} · ${bytes(summary.bytes)}</p>
${summary.byStatus.complete === summary.files ? '' : `<p class="s-unknown">${plural(summary.files - summary.byStatus.complete, 'file')} not read to the end</p>`}</div></div>`
}

function charts(summary: ScanSummary): string {
  const severities = SEVERITIES.map((name) => ({ name, value: summary.bySeverity[name] }))
  const verdicts = VERDICTS.map((name) => ({ name, value: summary.byVerdict[name] }))
  return `<div class="charts">${bars('Findings by severity', severities)}${bars('Files by verdict', verdicts)}</div>`
}

const ROW = 26
const LABEL = 90
const BAR = 360

/** Bars from a zero line; every one has its number, so that colour is never alone. */
function bars(caption: string, rows: readonly { name: string; value: number }[]): string {
  const most = Math.max(1, ...rows.map(({ value }) => value))
  const height = rows.length * ROW
  const described = rows.map(({ name, value }) => `${name} ${value}`).join(', ')
  const drawn = rows.map(({ name, value }, index) => {
    const width = value === 0 ? 0 : Math.max(2, Math.round((value / most) * BAR))
    const y = index * ROW
    return `<text x="0" y="${y + 17}">${name}</text><rect class="f-${name}" x="${LABEL}" y="${y + 5}" width="${width}" height="16" rx="2"/><text x="${LABEL + width + 8}" y="${y + 17}">${value}</text>`
  })
  return `<figure><figcaption>${caption}</figcaption><svg viewBox="0 0 ${LABEL + BAR + 60} ${height}" role="img" aria-label="${caption}: ${described}">${drawn.join('')}</svg></figure>`
}

function gradeTable({ gradeSteps }: ScanSummary): string {
  if (gradeSteps.length < 2) return ''
  const rows = gradeSteps.map(
    (step, index) =>
      `<tr><td>${html(step.label)}</td><td class="n">${stepPoints(step, index)}</td></tr>`,
  )
  return `<h2>How the grade comes about</h2><table><thead><tr><th>Step</th><th class="n">Points</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function fileTable(files: readonly FileReport[]): string {
  const rows = files.map(
    (file, index) =>
      `<tr><td>${file.findings.length > 0 || file.reason !== null ? `<a href="#file-${index}">${name(file)}</a>` : name(file)}</td><td class="opt">${html(file.format)}</td><td class="s-${file.verdict}">${file.verdict}</td><td class="n">${file.findings.length}</td><td class="n opt">${bytes(file.bytes)}</td></tr>`,
  )
  return `<h2>Files</h2><table><thead><tr><th>Path</th><th class="opt">Format</th><th>Verdict</th><th class="n">Findings</th><th class="n opt">Size</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function fileSection(file: FileReport, index: number): string {
  if (file.findings.length === 0 && file.reason === null) return ''
  return `<section id="file-${index}"><h2>${name(file)}</h2>
<p class="dim">${html(file.format)} · ${bytes(file.bytes)}${file.sha256 === null ? '' : ` · SHA-256 <code>${html(file.sha256)}</code>`}</p>
${file.reason === null ? '' : `<p class="s-unknown">Not read to the end (${file.status}): ${html(file.reason)}</p>`}
${file.findings.map(article).join('\n')}</section>`
}

function article(finding: Finding): string {
  const place = placeOf(finding)
  const numbers = [...finding.cwe, ...finding.cve].join(', ')
  return `<article><h3><span class="tag s-${finding.severity}">${finding.severity}</span> ${html(finding.title)}</h3>
<p>${html(finding.message)}${finding.count > 1 ? ` (${finding.count} times)` : ''}</p>
${finding.frame === undefined ? evidence(finding) : frame(finding.frame, finding.location.line)}
${steps(finding)}
<dl>${place === '' ? '' : `<dt>Place</dt><dd>${html(place)}</dd>`}
<dt>Why</dt><dd>${html(finding.why)}</dd><dt>What to do</dt><dd>${html(finding.fix)}</dd>
<dt>Rule</dt><dd><code>${html(finding.ruleId)}</code>, confidence ${Math.round(finding.confidence * 100)} %${finding.ruleSeverity === undefined ? '' : `, ${finding.ruleSeverity} by the rule`}${numbers === '' ? '' : `, ${html(numbers)}`}</dd></dl></article>`
}

const evidence = (finding: Finding) =>
  finding.evidence === '' ? '' : `<pre class="evidence">${html(finding.evidence)}</pre>`

function frame({ firstLine, lines }: NonNullable<Finding['frame']>, at: number | undefined) {
  const rows = lines.map((line, index) => {
    const number = firstLine + index
    return `<span${number === at ? ' class="at"' : ''}><i>${number}</i>${html(line.replaceAll('\t', '  '))}</span>`
  })
  return `<pre>${rows.join('')}</pre>`
}

function steps({ path = [] }: Finding): string {
  if (path.length === 0) return ''
  const rows = path.map(
    ({ role, label, text, line, file }) =>
      `<li><span class="dim">${role}, ${file === undefined ? '' : `${html(file)}, `}line ${line}:</span> ${html(label)} <code>${html(text)}</code></li>`,
  )
  return `<ol class="path">${rows.join('')}</ol>`
}

function ignoredTable(
  ignored: readonly {
    file: FileReport
    finding: Finding
    reason: string
    expires: string | null
  }[],
) {
  if (ignored.length === 0) return ''
  const rows = ignored.map(
    ({ file, finding, reason, expires }) =>
      `<tr><td>${name(file)}</td><td><code>${html(finding.ruleId)}</code></td><td>${finding.severity}</td><td>${html(reason)}</td><td>${html(expires ?? 'never')}</td></tr>`,
  )
  return `<h2>Ignored by the policy</h2><table><thead><tr><th>Path</th><th>Rule</th><th>Severity</th><th>Reason</th><th>Expires</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function list(heading: string, items: readonly string[]): string {
  if (items.length === 0) return ''
  return `<h2>${heading}</h2><ul>${items.map((item) => `<li>${html(item)}</li>`).join('')}</ul>`
}

const name = (file: FileReport) => html(file.path)
const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Decimal units, three digits: '1.24 MB'. */
function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power =
    count < 1000 ? 0 : Math.min(units.length - 1, Math.floor((String(count).length - 1) / 3))
  return `${Number((count / 1000 ** power).toPrecision(3))} ${units[power]}`
}

function html(raw: string): string {
  return logged(raw)
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

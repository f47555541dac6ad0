import { catalogue, formatNumber, plural } from '@renderer/app/intl'

const files = (n: number) => plural(n, { one: '# file', other: '# files' })
const findings = (n: number) => plural(n, { one: '# finding', other: '# findings' })

export const text = catalogue({
  page: 'Scan report',
  loading: 'Loading the report',
  notFound: {
    title: 'There is no such report',
    body: 'It was deleted, or belongs to another data folder.',
    action: 'Open History',
  },
  rules: (version: string) => `rules ${version}`,
  files,
  cached: (n: number) => `${formatNumber(n)} from the cache`,
  policy: (name: string) => `Policy ${name}`,
  policyCounts: (changed: number, ignored: number) =>
    [
      changed > 0 ? `${formatNumber(changed)} changed` : '',
      ignored > 0 ? `${formatNumber(ignored)} ignored` : '',
    ]
      .filter(Boolean)
      .join(', '),
  count: formatNumber,
  tabs: { label: 'Parts of the report', findings: 'Findings', files: 'Files', charts: 'Charts' },

  grade: {
    open: (grade: string) => `Grade ${grade}: how it is made`,
    title: 'How this grade is made',
    steps: 'Points',
    score: 'Score',
    scale: 'A+ is 100, A from 95, B from 85, C from 70, D from 50, F below.',
    points: (n: number) => (n > 0 ? `+${formatNumber(n)}` : formatNumber(n).replace('-', '−')),
  },

  notes: {
    title: (n: number) =>
      `The scan could not see everything: ${plural(n, { one: '# note', other: '# notes' })}`,
    unfinished: (n: number) =>
      plural(n, {
        one: '# file could not be read to its end. It is not counted as clean.',
        other: '# files could not be read to their end. They are not counted as clean.',
      }),
    unknown: (n: number) =>
      plural(n, {
        one: '# file is in a format that no parser knows. Nobody can say what loading it does.',
        other:
          '# files are in formats that no parser knows. Nobody can say what loading them does.',
      }),
    show: (n: number) => plural(n, { one: 'Show it', other: 'Show them' }),
  },

  outcome: {
    malicious: 'Malicious',
    suspicious: 'Suspicious',
    unknown: 'Unknown',
    inconclusive: 'Inconclusive',
    error: 'Not readable',
    clean: 'Clean',
  },

  filter: {
    severities: 'Severities',
    placeholder: 'Filter findings',
    filesPlaceholder: 'Filter files',
    outcomes: 'Verdicts',
    onlyFile: (path: string) => `Only ${path}`,
    anyFile: 'Show the findings of all files',
    clear: 'Clear filters',
    nothing: 'No finding matches these filters',
    nothingBody: (n: number) => `${findings(n)} in this report.`,
    noFiles: 'No file matches these filters',
    noFilesBody: (n: number) => `${files(n)} in this report.`,
    shown: (shown: number, all: number) =>
      shown === all ? findings(all) : `${formatNumber(shown)} of ${findings(all)}`,
    filesShown: (shown: number, all: number) =>
      shown === all ? files(all) : `${formatNumber(shown)} of ${files(all)}`,
  },
  columns: {
    severity: 'Severity',
    title: 'Finding',
    place: 'File',
    location: 'Location',
    confidence: 'Conf.',
    state: 'State',
    outcome: 'Verdict',
    path: 'Path',
    format: 'Format',
    bytes: 'Size',
    status: 'Read',
    findings: 'Findings',
    sha256: 'SHA-256',
  },
  keys: { move: 'move', open: 'details', filter: 'filter', select: 'select', aside: 'set aside' },

  detail: {
    region: 'Selected finding',
    fileRegion: 'Selected file',
    none: 'Select a finding to see its evidence.',
    noFile: 'Select a file to see what is known about it.',
    evidenceOf: (kind: 'code' | 'hex') => (kind === 'hex' ? 'Evidence, bytes' : 'Evidence'),
    where: 'Where',
    file: 'File',
    member: 'Member',
    offset: 'Byte offset',
    opcode: 'Opcode',
    line: 'Line',
    lineNumber: (n: number) => `line ${formatNumber(n)}`,
    occurrences: 'Occurrences',
    confidence: 'Confidence',
    why: 'Why it matters',
    fix: 'How to fix it',
    references: 'References',
    frameworks: 'Frameworks in this file',
    fingerprint: 'Fingerprint',
    copyFingerprint: 'Copy the fingerprint',
    copyEvidence: 'Copy the evidence',
    copyHash: 'Copy the SHA-256',
    copyFinding: 'Copy finding',
    copied: 'Finding copied',
    fileFindings: (n: number) => `Show its ${findings(n)}`,
    size: 'Size',
    format: 'Format',
    status: 'Read',
    hash: 'SHA-256',
    noHash: 'Not hashed: hashing was off for this scan.',
    cached: 'Taken from an earlier scan of the same bytes.',
  },
  status: {
    complete: 'To its end',
    inconclusive: 'In part',
    error: 'Not readable',
  },
})

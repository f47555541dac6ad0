import { catalogue } from '@renderer/app/intl'
import type { ExportFormat } from '@shared/contract/scan'

export const text = catalogue({
  export: {
    open: 'Export',
    formats: {
      html: 'Report to read (HTML, one file)',
      markdown: 'Report to paste (Markdown)',
      json: 'Whole report (JSON)',
      sarif: 'Findings (SARIF 2.1.0)',
      csv: 'Findings (CSV)',
      junit: 'Test results (JUnit XML)',
      github: 'GitHub annotations',
    } satisfies Record<ExportFormat, string>,
    print: 'Print…',
    failed: 'The export failed',
    saved: (name: string) => `Saved as ${name}`,
  },
  again: {
    label: 'Scan again',
    upload: 'The files came from a browser and were deleted after the scan. Drop them again.',
  },
  remove: {
    label: 'Delete…',
    title: (name: string) => `Delete the report of “${name}”?`,
    body: 'The report and its findings are deleted from this computer. The scanned files stay as they are. This cannot be undone.',
    confirm: 'Delete report',
    keep: 'Keep it',
    done: (name: string) => `The report of “${name}” was deleted`,
    failed: 'The report could not be deleted',
  },
  compare: 'Compare',
  passport: 'Issue a passport…',
})

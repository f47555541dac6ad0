/**
 * Every command of the console, once: the palette, the `?` sheet, the key bindings, Electron's
 * native menu and the tests read this list. A page gives a command its behaviour while it is
 * mounted (renderer/app/commands.ts); without one, the command is not offered.
 *
 * Keys: 'mod+k' (Ctrl, on macOS Cmd), 'shift+j', a plain key '?', or a chord 'g o'. Letters are
 * lower case; a chord starts with a plain key that is bound to nothing else.
 */
export interface CommandDescription {
  title: string
  section: CommandSection
  /** Where its keys are live. Two commands may share a key unless they can be live together. */
  scope:
    | 'everywhere'
    | 'table'
    | 'scan'
    | 'running'
    | 'report'
    | 'history'
    | 'compare'
    | 'passports'
    | 'passport'
    | 'benchmarks'
    | 'benchmark-run'
    | 'benchmark-running'
    | 'result'
    | 'people'
    | 'limits'
    | 'listings'
    | 'model'
    | 'listing-editor'
  keys?: readonly string[]
  /** The native menu that shows it. */
  menu?: 'file' | 'view' | 'go' | 'help'
  /** Not listed in the palette: moving a selection makes no sense from there. */
  keyboardOnly?: true
}

export const COMMAND_SECTIONS = ['go', 'scan', 'benchmark', 'report', 'view', 'help'] as const
export type CommandSection = (typeof COMMAND_SECTIONS)[number]

export const COMMANDS = {
  'go.overview': {
    title: 'Go to Overview',
    section: 'go',
    scope: 'everywhere',
    keys: ['g o'],
    menu: 'go',
  },
  'go.scan': { title: 'Go to Scan', section: 'go', scope: 'everywhere', keys: ['g s'], menu: 'go' },
  'go.history': {
    title: 'Go to History',
    section: 'go',
    scope: 'everywhere',
    keys: ['g h'],
    menu: 'go',
  },
  'go.benchmarks': {
    title: 'Go to Benchmarks',
    section: 'go',
    scope: 'everywhere',
    keys: ['g b'],
    menu: 'go',
  },
  'go.leaderboard': {
    title: 'Go to the leaderboard',
    section: 'go',
    scope: 'everywhere',
    keys: ['g l'],
    menu: 'go',
  },
  'go.security': {
    title: 'Go to Security',
    section: 'go',
    scope: 'everywhere',
    keys: ['g e'],
    menu: 'go',
  },
  'go.passports': {
    title: 'Go to Passports',
    section: 'go',
    scope: 'everywhere',
    keys: ['g p'],
    menu: 'go',
  },
  'go.verify': {
    title: 'Verify a passport',
    section: 'go',
    scope: 'everywhere',
    keys: ['g v'],
  },
  'go.keys': { title: 'Go to Keys', section: 'go', scope: 'everywhere', keys: ['g k'] },
  'go.rules': {
    title: 'Go to Rules',
    section: 'go',
    scope: 'everywhere',
    keys: ['g u'],
    menu: 'go',
  },
  'go.activity': {
    title: 'Go to Activity',
    section: 'go',
    scope: 'everywhere',
    keys: ['g a'],
    menu: 'go',
  },
  'go.account': {
    title: 'Go to Account',
    section: 'go',
    scope: 'everywhere',
    keys: ['g c'],
    menu: 'go',
  },
  'go.connection': {
    title: 'Go to Connection',
    section: 'go',
    scope: 'everywhere',
    keys: ['g n'],
    menu: 'go',
  },
  'go.people': { title: 'Go to People and roles', section: 'go', scope: 'everywhere' },
  'go.limits': { title: 'Go to Limits', section: 'go', scope: 'everywhere' },
  'go.server-record': {
    title: 'Go to the record of the server',
    section: 'go',
    scope: 'everywhere',
  },
  'go.listings': {
    title: 'Go to Listings',
    section: 'go',
    scope: 'everywhere',
    keys: ['g m'],
    menu: 'go',
  },
  'go.leaderboards': {
    title: 'Go to Leaderboards of the marketplace',
    section: 'go',
    scope: 'everywhere',
    keys: ['g w'],
    menu: 'go',
  },
  'go.settings': {
    title: 'Go to Settings',
    section: 'go',
    scope: 'everywhere',
    keys: ['g ,', 'mod+,'],
    menu: 'go',
  },

  'scan.folder': {
    title: 'Scan a folder…',
    section: 'scan',
    scope: 'everywhere',
    keys: ['mod+o'],
    menu: 'file',
  },
  'scan.files': {
    title: 'Scan files…',
    section: 'scan',
    scope: 'everywhere',
    keys: ['mod+shift+o'],
    menu: 'file',
  },
  'scan.samples': {
    title: 'Scan the sample models',
    section: 'scan',
    scope: 'everywhere',
    menu: 'file',
  },
  'scan.pause': {
    title: 'Pause or resume this scan',
    section: 'scan',
    scope: 'running',
    keys: ['p'],
  },
  'scan.cancel': { title: 'Cancel this scan', section: 'scan', scope: 'running' },

  'benchmark.new': {
    title: 'Benchmark models…',
    section: 'benchmark',
    scope: 'everywhere',
    keys: ['g r'],
    menu: 'file',
  },
  'benchmark.start': {
    title: 'Start this benchmark',
    section: 'benchmark',
    scope: 'benchmark-run',
    keys: ['mod+enter'],
  },
  'benchmark.choose': {
    title: 'Add model files to this benchmark…',
    section: 'benchmark',
    scope: 'benchmark-run',
    keys: ['a'],
  },
  'benchmark.pause': {
    title: 'Pause or resume this benchmark',
    section: 'benchmark',
    scope: 'benchmark-running',
    keys: ['p'],
  },
  'benchmark.cancel': {
    title: 'Cancel this benchmark',
    section: 'benchmark',
    scope: 'benchmark-running',
  },
  'benchmark.compare': {
    title: 'Compare the selected results',
    section: 'benchmark',
    scope: 'benchmarks',
    keys: ['c'],
  },
  'benchmark.remove': {
    title: 'Delete the selected result',
    section: 'benchmark',
    scope: 'benchmarks',
    keys: ['delete'],
  },
  'result.history': {
    title: 'History of this model',
    section: 'benchmark',
    scope: 'result',
    keys: ['h'],
  },
  'result.compare': {
    title: 'Compare this run’s results',
    section: 'benchmark',
    scope: 'result',
    keys: ['c'],
  },
  'result.export-json': {
    title: 'Export benchmark result as JSON',
    section: 'benchmark',
    scope: 'result',
  },
  'result.export-csv': {
    title: 'Export benchmark result as CSV',
    section: 'benchmark',
    scope: 'result',
  },
  'result.export-markdown': {
    title: 'Export benchmark result as Markdown',
    section: 'benchmark',
    scope: 'result',
  },
  'result.remove': {
    title: 'Delete this benchmark result',
    section: 'benchmark',
    scope: 'result',
  },

  'table.next': {
    title: 'Next row',
    section: 'report',
    scope: 'table',
    keys: ['j'],
    keyboardOnly: true,
  },
  'table.previous': {
    title: 'Previous row',
    section: 'report',
    scope: 'table',
    keys: ['k'],
    keyboardOnly: true,
  },
  'table.select': {
    title: 'Select or unselect this row',
    section: 'report',
    scope: 'table',
    keys: ['x'],
    keyboardOnly: true,
  },
  'table.extend-down': {
    title: 'Extend the selection down',
    section: 'report',
    scope: 'table',
    keys: ['shift+j'],
    keyboardOnly: true,
  },
  'table.extend-up': {
    title: 'Extend the selection up',
    section: 'report',
    scope: 'table',
    keys: ['shift+k'],
    keyboardOnly: true,
  },
  'table.filter': { title: 'Filter this list', section: 'report', scope: 'table', keys: ['/'] },

  'report.copy-finding': {
    title: 'Copy the selected finding',
    section: 'report',
    scope: 'report',
    keys: ['y'],
  },
  'report.severity-critical': {
    title: 'Show or hide critical findings',
    section: 'report',
    scope: 'report',
    keys: ['1'],
  },
  'report.severity-high': {
    title: 'Show or hide high findings',
    section: 'report',
    scope: 'report',
    keys: ['2'],
  },
  'report.severity-medium': {
    title: 'Show or hide medium findings',
    section: 'report',
    scope: 'report',
    keys: ['3'],
  },
  'report.severity-low': {
    title: 'Show or hide low findings',
    section: 'report',
    scope: 'report',
    keys: ['4'],
  },
  'report.severity-info': {
    title: 'Show or hide info findings',
    section: 'report',
    scope: 'report',
    keys: ['5'],
  },
  'report.next-file': {
    title: 'Next file with findings',
    section: 'report',
    scope: 'report',
    keys: [']'],
    keyboardOnly: true,
  },
  'report.previous-file': {
    title: 'Previous file with findings',
    section: 'report',
    scope: 'report',
    keys: ['['],
    keyboardOnly: true,
  },
  'report.dispose': {
    title: 'Set findings aside…',
    section: 'report',
    scope: 'report',
    keys: ['d'],
  },
  'report.undo': {
    title: 'Undo what was set aside last',
    section: 'report',
    scope: 'report',
    keys: ['z'],
  },
  'report.compare': {
    title: 'Compare with the scan before',
    section: 'report',
    scope: 'report',
    keys: ['c'],
  },
  'report.save-view': {
    title: 'Save these filters as a view…',
    section: 'report',
    scope: 'report',
  },
  'report.scan-again': { title: 'Scan again', section: 'report', scope: 'report', keys: ['r'] },
  'report.export-json': { title: 'Export report as JSON', section: 'report', scope: 'report' },
  'report.export-sarif': { title: 'Export report as SARIF', section: 'report', scope: 'report' },
  'report.export-csv': { title: 'Export findings as CSV', section: 'report', scope: 'report' },
  'report.export-junit': { title: 'Export report as JUnit', section: 'report', scope: 'report' },
  'report.export-github': {
    title: 'Export findings as GitHub annotations',
    section: 'report',
    scope: 'report',
  },
  'report.export-markdown': {
    title: 'Export report as Markdown',
    section: 'report',
    scope: 'report',
  },
  'report.export-html': { title: 'Export report as HTML', section: 'report', scope: 'report' },
  'report.passport': {
    title: 'Issue a passport for this report…',
    section: 'report',
    scope: 'report',
    keys: ['p'],
  },
  'report.print': { title: 'Print the report', section: 'report', scope: 'report' },
  'report.benchmark': {
    title: 'Benchmark this model…',
    section: 'report',
    scope: 'report',
    keys: ['b'],
  },
  'report.remove': { title: 'Delete this report', section: 'report', scope: 'report' },

  'compare.new': {
    title: 'Show or hide new findings',
    section: 'report',
    scope: 'compare',
    keys: ['1'],
  },
  'compare.fixed': {
    title: 'Show or hide fixed findings',
    section: 'report',
    scope: 'compare',
    keys: ['2'],
  },
  'compare.unchanged': {
    title: 'Show or hide unchanged findings',
    section: 'report',
    scope: 'compare',
    keys: ['3'],
  },

  'history.compare': {
    title: 'Compare the selected reports',
    section: 'report',
    scope: 'history',
    keys: ['c'],
  },
  'history.remove': {
    title: 'Delete the selected report',
    section: 'report',
    scope: 'history',
    keys: ['delete'],
  },

  'passports.create': {
    title: 'Issue a passport…',
    section: 'report',
    scope: 'passports',
    keys: ['n'],
  },
  'passports.verifier': {
    title: 'Save the verifier for buyers (HTML)',
    section: 'report',
    scope: 'passports',
  },
  'passport.export': {
    title: 'Export this passport',
    section: 'report',
    scope: 'passport',
    keys: ['e'],
  },
  'listing.save': {
    title: 'Save this listing',
    section: 'report',
    scope: 'listing-editor',
    keys: ['mod+s'],
  },
  'listing.publish': {
    title: 'Publish this listing',
    section: 'report',
    scope: 'listing-editor',
    keys: ['mod+enter'],
  },
  'listing.add-version': {
    title: 'Add a version…',
    section: 'report',
    scope: 'listing-editor',
    keys: ['v'],
  },
  'listing.check': {
    title: 'Check the gates of publishing again',
    section: 'report',
    scope: 'listing-editor',
    keys: ['r'],
  },
  'passport.remove': { title: 'Delete this passport', section: 'report', scope: 'passport' },

  'listings.create': {
    title: 'New listing',
    section: 'report',
    scope: 'listings',
    keys: ['n'],
  },
  'model.edit': {
    title: 'Edit this listing',
    section: 'report',
    scope: 'model',
    keys: ['e'],
  },
  'model.compare': {
    title: 'Compare versions of this model',
    section: 'report',
    scope: 'model',
    keys: ['c'],
  },

  'people.invite': {
    title: 'Invite somebody…',
    section: 'report',
    scope: 'people',
    keys: ['i'],
  },
  'limits.edit': {
    title: 'Change this limit…',
    section: 'report',
    scope: 'limits',
    keys: ['e'],
  },

  'view.theme-system': {
    title: 'Theme: follow the system',
    section: 'view',
    scope: 'everywhere',
    menu: 'view',
  },
  'view.theme-light': {
    title: 'Theme: light',
    section: 'view',
    scope: 'everywhere',
    menu: 'view',
  },
  'view.theme-dark': { title: 'Theme: dark', section: 'view', scope: 'everywhere', menu: 'view' },
  'view.density-compact': { title: 'Density: compact', section: 'view', scope: 'everywhere' },
  'view.density-normal': { title: 'Density: normal', section: 'view', scope: 'everywhere' },
  'view.density-roomy': { title: 'Density: roomy', section: 'view', scope: 'everywhere' },
  'view.sidebar': {
    title: 'Collapse or expand the sidebar',
    section: 'view',
    scope: 'everywhere',
    keys: ['mod+b'],
    menu: 'view',
  },

  'help.palette': {
    title: 'Search or run a command',
    section: 'help',
    scope: 'everywhere',
    keys: ['mod+k'],
    menu: 'help',
    keyboardOnly: true,
  },
  'help.shortcuts': {
    title: 'Keyboard shortcuts',
    section: 'help',
    scope: 'everywhere',
    keys: ['?'],
    menu: 'help',
  },
  'help.doctor': {
    title: 'Check this installation',
    section: 'help',
    scope: 'everywhere',
    menu: 'help',
  },
  'help.copy-diagnostics': {
    title: 'Copy diagnostics',
    section: 'help',
    scope: 'everywhere',
    menu: 'help',
  },
} as const satisfies Record<string, CommandDescription>

export type CommandId = keyof typeof COMMANDS
export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[]

/** The entry with its optional parts, which `as const` drops where they are absent. */
export const describeCommand = (id: CommandId): CommandDescription => COMMANDS[id]

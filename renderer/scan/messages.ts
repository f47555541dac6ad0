import {
  catalogue,
  formatBytes,
  formatDuration,
  formatList,
  formatNumber,
  plural,
} from '../app/intl'
import type { Eta } from './running/eta'

const files = (n: number) => plural(n, { one: '# file', other: '# files' })

export const text = catalogue({
  title: 'Scan',
  intro:
    'Model files and archives are read byte by byte. Nothing in them is run, imported or unpacked to disk.',
  choose: {
    folder: 'Choose folder…',
    files: 'Choose files…',
    or: 'Drop files or folders anywhere on this page, or',
    dropHere: (n: number) =>
      n === 0 ? 'Drop to scan' : `Drop ${plural(n, { one: '# item', other: '# items' })} to scan`,
    inPlace: 'Files are read where they lie. Nothing is copied and nothing leaves this computer.',
    sent: 'What you choose is read where it lies. What you drop is sent by the browser and deleted after the scan. Nothing leaves this computer.',
    upload: 'Upload from this browser',
    uploadWhy: 'Outside the folders that the console may read? The browser can send the files:',
    uploadFolder: 'Upload a folder…',
    uploadFiles: 'Upload files…',
  },
  path: {
    label: 'Path on this computer',
    placeholder: '/models/vision-tagger or C:\\models\\vision-tagger',
    scan: 'Scan',
    empty: 'Type or paste the path of a file or folder.',
  },
  samples: {
    title: 'New here? Try the sample models',
    body: 'Small harmless files that show what dangerous ones look like. Their reports are marked as samples.',
    action: 'Scan the sample models',
  },
  recent: {
    title: 'Scanned before',
    again: (name: string) => `Scan ${name} again`,
    verb: 'Scan again:',
    all: 'History',
    none: 'Folders and files that you scan appear here, to be scanned again.',
  },
  options: {
    title: 'Options',
    hash: 'SHA-256 of every file',
    hashWhy: 'Identifies each file in the report. Off is faster on large files.',
    limits: (seconds: number, heap: number, depth: number, count: number) =>
      `Limits: ${formatDuration(seconds * 1000)} and ${formatNumber(heap)} MiB for one file, ${plural(depth, { one: '# container', other: '# containers' })} deep, ${files(count)}. What goes beyond is inconclusive, never clean.`,
    change: 'Change limits',
  },
  picker: {
    folder: 'Choose a folder to scan',
    files: 'Choose files to scan',
    description: 'Folders of this computer that the console may read.',
    list: 'Contents of the folder',
    roots: 'Folders of this computer',
    up: 'Up',
    filterHint: 'Type to filter. Enter opens or selects, Backspace goes up.',
    nothing: 'Nothing in this folder matches.',
    empty: 'This folder is empty.',
    truncated: 'Only the first 5,000 entries are listed. Type a path below to go further.',
    scanFolder: (name: string) => `Scan “${name}”`,
    scanSelected: (n: number) => `Scan ${plural(n, { one: '# selected', other: '# selected' })}`,
    nothingSelected: 'Open a folder first.',
    noFileSelected: 'Select at least one file.',
    cancel: 'Cancel',
    unscannable: 'Links and special files are not followed.',
  },
  problem: {
    title: 'The scan did not start',
    notGranted: (path: string, roots: readonly string[]) =>
      `The console may not read “${path}”. ${
        roots.length > 0
          ? `It may read what lies below ${formatList(roots)}: choose something there, upload the files below, or start the console with “--\u2060root ${path}”.`
          : 'Choose it in the dialog or drop it here: that lets the console read it.'
      }`,
    notWhole: (path: string) =>
      `“${path}” is not a whole path. Write it from its beginning, as in the field’s example; ~ is not expanded.`,
    notFound: (path: string) =>
      `There is nothing at “${path}”. Check the spelling, or whether a drive is connected.`,
    unreadable: (path: string, reason: string) =>
      `“${path}” could not be opened: ${reason}. Check its permissions.`,
    tooMany: (running: number, limit: number) =>
      `${plural(running, { one: '# scan is running', other: '# scans are running' })} and no more than ${formatNumber(limit)} run at a time. Wait for one to end, or cancel one.`,
    incomplete: (missing: number) =>
      `${plural(missing, { one: '# file', other: '# files' })} did not arrive. Send them again.`,
    noSpace: (needed: number, free: number) =>
      `These files need ${formatBytes(needed)} and the console's disk has ${formatBytes(free)} free. Choose them on this computer instead: then nothing is copied.`,
    sending: (path: string) =>
      `“${path}” could not be sent. It may have been moved or changed meanwhile. Drop it again.`,
    tooManyPaths: (limit: number) =>
      `At most ${formatNumber(limit)} files and folders are scanned at once. Choose the folder that holds them.`,
    nothing: 'There was no file in what was dropped, so there is nothing to scan.',
  },
  upload: {
    title: 'Sending files to the console',
    preparing: 'Preparing',
    progress: 'Upload',
    received: (received: number, total: number) =>
      `${formatBytes(received)} of ${formatBytes(total)} received`,
    count: (n: number) => files(n),
    cancel: 'Cancel upload',
    cancelled: 'The upload was cancelled and what had arrived was deleted.',
  },
  notes: {
    hidden:
      'The files came from a browser, which hides symbolic links, absolute paths and permissions: these were not checked.',
    emptyFolders: (n: number, first: readonly string[]) =>
      `${plural(n, { one: '# empty folder was', other: '# empty folders were' })} not sent: ${formatList(first)}.`,
    emptyUnseen: 'Empty folders were not visible in the browser.',
    unreadable: (n: number, first: readonly string[]) =>
      `The browser could not open ${files(n)}: ${formatList(first)}.`,
    truncated: (limit: number) =>
      `Only the first ${files(limit)} were sent. The rest was not scanned.`,
    more: (n: number) => plural(n, { one: '# more', other: '# more' }),
  },
  running: {
    title: 'Scanning',
    stages: { listing: 'List files', scanning: 'Read and match', saving: 'Save report' },
    progress: 'Bytes read',
    filesDone: (done: number, total: number) => `${formatNumber(done)} of ${files(total)}`,
    bytesDone: (done: number, total: number) => `${formatBytes(done)} of ${formatBytes(total)}`,
    facts: {
      files: 'Files',
      bytes: 'Bytes',
      rate: 'Rate',
      eta: 'Time left',
      cached: 'From the cache',
      elapsed: 'Running for',
    },
    unknown: '–',
    eta: ({ unit, about, range }: Eta) =>
      range === null
        ? `about ${formatNumber(about)}\u00a0${unit}`
        : `about ${formatNumber(about)}\u00a0${unit}, ${formatNumber(range.low)}–${formatNumber(range.high)}`,
    etaWhy: 'The interval holds the end with 80 % certainty, from how much the rate varied.',
    cached: (n: number) => files(n),
    pause: 'Pause',
    pausing: 'Pausing…',
    resume: 'Continue',
    resuming: 'Continuing…',
    current: 'Reading',
    cancel: 'Cancel scan',
    cancelling: 'Cancelling…',
    leave: 'You can leave this page. The scan goes on and its report appears in History.',
    findings: 'Findings so far',
    noneYet: 'No findings so far',
    noneYetBody: 'They appear here as they are found, the worst first.',
    capped: 'The first 500 findings are shown while the scan runs. The report has all of them.',
    announce: (done: number, total: number) => `${formatNumber(done)} of ${files(total)} read`,
  },
  paused: {
    badge: 'Paused',
    leave: 'Nothing is running. What was read is kept, also when the console is closed.',
    failedToPause: 'The scan could not be paused',
    failedToResume: 'The scan could not be continued',
  },
  background: {
    done: (name: string) => `“${name}” was scanned`,
    failed: (name: string) => `The scan of “${name}” failed`,
    open: 'Open report',
  },
  cancelled: {
    title: 'The scan was cancelled',
    body: 'No report was saved.',
    failedToCancel: 'The scan could not be cancelled',
  },
  failed: { title: 'The scan failed', fallback: 'No report was saved.' },
  gone: {
    title: 'This scan is not running any more',
    body: 'It ended, or the console was started again meanwhile. If it reached its end, its report is in History.',
  },
  retry: 'Scan again',
  chooseOther: 'Choose something to scan',
  history: 'Open History',
})

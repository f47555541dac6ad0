import {
  catalogue,
  formatBytes,
  formatDuration,
  formatList,
  formatNumber,
  plural,
} from '../../app/intl'

export const text = catalogue({
  title: 'New benchmark',
  intro: 'Every launch is a fresh process without network; nothing leaves this computer.',
  start: 'Start benchmark',
  starting: 'Starting…',
  noModel: 'Add a model first.',
  blocked: 'The pre-flight says why this cannot start yet.',
  reasonNeeded: 'Write why this model may run without a clean scan, three characters at least.',
  failedToLoad: 'The suites could not be loaded',

  models: {
    title: 'Models',
    compared: (n: number) =>
      n > 1
        ? `Measured in turns and compared with the first, ${plural(n, { other: '# models' })}`
        : 'Several are measured in turns and compared',
    none: 'Choose a model file or its folder: ONNX, TensorFlow.js or GGUF.',
    drop: 'Or drop it here.',
    file: 'Choose files…',
    folder: 'Choose a folder…',
    path: 'Path of a model',
    placeholder: '/models/classifier.onnx',
    add: 'Add',
    pathEmpty: 'Type or paste the path of a model file or folder.',
    remove: (name: string) => `Remove ${name}`,
    baseline: 'baseline',
    first: (name: string) => `Make ${name} the baseline`,
    recent: 'Scanned before',
    addNamed: (name: string) => `Add ${name}`,
    full: (most: number) => `At most ${formatNumber(most)} models are measured in one run.`,
    fits: (needs: number, free: number) =>
      `fits: needs about ${formatBytes(needs)}, ${formatBytes(free)} free`,
    runs: 'runs here',
    checking: 'checking…',
    doesNot: 'not runnable here',
    exportWith: 'Turn it into a model that runs here:',
    copyCommand: 'Copy the command',
  },
  picker: {
    folder: 'Choose the folder of a model',
    files: 'Choose model files',
    takeFolder: (name: string) => `Add “${name}”`,
    takeSelected: (n: number) => `Add ${plural(n, { one: '# selected', other: '# selected' })}`,
    verb: 'Add',
  },

  setup: {
    title: 'What is measured',
    suite: 'Suite',
    ownSuite: 'A suite folder of your own…',
    suitePath: 'Folder with a suite.json',
    scenario: 'Scenario',
    scenarios: {
      'single-stream': 'One query after the other; what counts is p90 latency.',
      offline: 'All samples at once, in batches of growing size; what counts is throughput.',
      'multi-stream': 'Eight samples a query; what counts is p99 latency.',
      server: 'Queries arrive at random; what counts is the rate that stays within the bound.',
      generation: 'A prompt in, tokens out; what counts is tokens per second.',
    },
    data: (metric: string) => `Labelled data, judged by ${metric}.`,
    speedOnly: 'Speed only: this suite has no labelled data.',
    engine: 'Engine',
    autoEngine: 'The one that fits the format',
    engineMissing: (name: string, bytes: number | null) =>
      bytes === null ? `${name} (not installed)` : `${name} (not installed, ${formatBytes(bytes)})`,
    engineUnsupported: (name: string) => `${name} (not supported here)`,
    threads: 'Threads',
    threadsWhy: 'Inside one operator. 1 is what leaderboards rank by.',
    profile: 'Profile',
    profiles: { quick: 'Quick', standard: 'Standard', certified: 'Certified' },
    profileWhy: {
      quick: 'About 10 s a model: 10 short launches.',
      standard: 'About 60 s a model: 10 launches, enough for p99.',
      certified: 'About 600 s a model: 20 long launches, finds differences of 2 %.',
    },
    launches: 'Launches',
    launchesWhy:
      'Fresh processes a model. More of them find smaller differences; empty is what the profile says.',
    references: 'Measure the reference models along',
    referencesWhy:
      'They let results of unlike machines be compared. They take a few launches more.',
  },

  preflight: {
    title: 'Pre-flight',
    again: 'Check again',
    checking: 'Looking at the machine and the models…',
    empty:
      'Add a model: then the console says whether it runs here, how quiet the machine is, and what would make the result better.',
    failed: 'The pre-flight could not be made',
    bestGrade: 'Best grade as things are',
    plan: (seconds: number, launches: number) =>
      `About ${formatDuration(seconds * 1000)}, ${plural(launches, { one: '# launch', other: '# launches' })} in all`,
    queued: (n: number) =>
      `${plural(n, { one: '# run comes', other: '# runs come' })} first: one at a time measures on a machine.`,
    quiet: 'Is the machine quiet?',
    advice: 'What would make it better',
    nothing: 'Nothing. This is as good as it gets.',
    weights: { blocks: 'Blocks the start', grade: 'Costs the grade', hint: 'Hint' },
    overrideTitle: 'Run without a clean scan',
    overrideWhy:
      'Models run only after a complete and clean scan. Yours may run this once, with a reason that is recorded in the result and in the activity log.',
    reason: 'Reason',
    reasonPlaceholder: 'What was looked at, and why it is safe to run',
  },

  problem: {
    title: 'The benchmark did not start',
    notRunnable: (path: string, reason: string) => `“${path}” does not run here. ${reason}`,
    engineMissing: (engine: string, reason: string) => `${engine} is not installed. ${reason}`,
    scenario: (scenario: string) =>
      `The suite has no scenario “${scenario}”. Choose one of those that it lists.`,
    tooMany: (queued: number, limit: number) =>
      `${plural(queued, { one: '# run waits', other: '# runs wait' })} already and no more than ${formatNumber(limit)} may. Cancel one, or wait.`,
    suiteMissing: (suite: string) => `There is no suite “${suite}”.`,
    suiteInvalid: (suite: string, reason: string) =>
      `The suite “${suite}” is not usable. ${reason}`,
    notGranted: (path: string, roots: readonly string[]) =>
      roots.length > 0
        ? `The console may not read “${path}”. It may read what lies below ${formatList(roots)}.`
        : `The console may not read “${path}”. Choose it in the dialog or drop it here.`,
    notFound: (path: string) =>
      `There is nothing at “${path}”. Check the spelling, or whether a drive is connected.`,
    noPath:
      'A browser hands over bytes and hides paths, so the console cannot find what was dropped. Choose it with the button.',
  },
})

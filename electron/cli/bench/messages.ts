/** Every string `bench` and `engines` print, apart from results. */
export const text = {
  help: `
  prometheus-console bench run MODEL…
                                     Measure models on this machine; several are measured in turns
                                     and compared with the first
      --suite ID|FOLDER              What is measured (bench suites lists them)
      --profile PROFILE              quick (default, about 10 s a model), standard, certified
      --scenario, --engine, --threads, --launches, --seed
      --no-references                Leave the suite's reference models out
      --baseline MODEL|RESULT|last   Fail when slower: a model that is measured along, a stored
                                     result, or the last result of this model
      --threshold PERCENT            Differences that do not matter; the suite's (3) without it
      --unscanned REASON             Run it although its scan is not complete and clean
  prometheus-console bench compare A B
                                     Stored results, or their JSON files, against the first
  prometheus-console bench history [MODEL]
                                     Results of this workspace; of one model with change points
  prometheus-console bench export RESULT|leaderboard
                                     As json, csv or markdown; --format passport signs a passport
                                     with it, for others to check; --level reproduced asks a
                                     witness to measure it too and to countersign
  prometheus-console bench import [PASSPORT…]
                                     Rank results of others along, or take back a copy of your own
                                     that they signed too; --remove ID; lists them without a file
  prometheus-console bench verify PASSPORT [MODEL PATH]
                                     The same as verify: recompute results that are in a passport
  prometheus-console bench suites    List the suites; bench init FOLDER writes one of your own
      --format text|json|csv|markdown, --output FILE, --data-dir FOLDER, --set KEY=VALUE
`,
  enginesHelp: `
  prometheus-console engines list    Engines, and whether they are here
  prometheus-console engines install ENGINE
                                     Fetch one, checked by its pinned SHA-512
      --from FILE                    The same package, fetched by other means
`,
  usage: (known: readonly string[]) =>
    `bench needs one of ${known.join(', ')}. See prometheus-console help.`,
  noModel: 'bench run needs at least one MODEL: prometheus-console bench run model.onnx --suite …',
  tooManyModels: 'At most five models are measured in one run, the baseline among them.',
  noSuite: (known: readonly string[]) =>
    known.length === 0
      ? 'Choose a suite folder with --suite; `bench init FOLDER` writes one.'
      : `Choose a suite with --suite: ${known.join(', ')}, or a folder.`,
  notNumber: (flag: string, value: string, least: number, most: number) =>
    `${flag} ${value} is not a number from ${least} to ${most}.`,
  compareUsage: 'bench compare needs two to five results: prometheus-console bench compare A B',
  exportUsage: 'bench export needs the id of a result, or "leaderboard".',
  initUsage: 'bench init needs a FOLDER that does not exist yet.',
  initExists: (folder: string) => `${folder} is not empty; choose a new folder.`,
  initDone: (folder: string) =>
    `Wrote a suite to ${folder}. Change suite.json and data.csv, then: prometheus-console bench run MODEL --suite ${folder}`,
  enginesUsage: 'engines is followed by list, or by install and one of',
  installing: (percent: number) => `Fetching, ${percent} %`,
  installed: (title: string) => `${title} is here.`,
  noResult: (name: string) => `${name} is neither the id of a result nor a file with one.`,
  noLast:
    'There is no earlier result of this model with this suite; there is nothing to compare with.',
  refused: (message: string, report: string | null) =>
    report === null ? message : `${message} Report: ${report}.`,
  cancelled: 'Cancelled. Launches that had ended are not kept as a result.',
  queued: 'Waiting for another benchmark on this machine …',
  scanning: (name: string) => `Scanning ${name} …`,
  measuring: (name: string, done: number, total: number, left: string) =>
    `Measuring ${name}, launch ${done + 1} of ${total}${left}`,
  left: (seconds: number) => `, about ${Math.ceil(seconds)} s left`,
  saving: 'Saving …',
  verdict: {
    faster: 'Faster than the baseline.',
    slower: 'Slower than the baseline by more than the threshold.',
    equivalent: 'As fast as the baseline, within the threshold.',
    inconclusive: 'Neither faster nor slower is shown yet; more launches may decide.',
  },
  failedLaunches: 'No launch ended well; the sentence of the first says why:',
  passportOnlyExported: '--format passport is for bench export RESULT.',
  noReportOfResult: (name: string) =>
    `The scan of ${name} is not in this data folder any more; scan the model again.`,
  noImport: (id: string) => `There is no imported passport ${id}; bench import lists them.`,
  imported: (name: string, level: string, id: string) =>
    `Results of ${name} are ranked along, as ${level}. Take them out again with bench import --remove ${id}`,
  importedCopy: (name: string, level: string) =>
    `The copy of your passport of ${name} is here: its results are ${level}.`,
  noResults: 'There is no result in this data folder yet.',
}

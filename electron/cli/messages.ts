import type { Verdict } from '@shared/scan-report/report'
import { text as bench } from './bench/messages'
import { text as db } from './db/messages'
import { text as events } from './events/messages'
import { text as listings } from './listings/messages'

/** Every string the command line prints, apart from reports and machine-readable output. */
export const text = {
  help: {
    head: 'Prometheus Console, command line\n',
    commands: {
      scan: `
  prometheus-console scan PATH…      Scan files and folders
      --format FORMAT                What is printed: text (default), json, sarif, csv, junit,
                                     github, markdown, html
      --output FILE                  Write the --format before it to a file; without one the
                                     extension says which. May be given several times
      --fail-on VERDICT|SEVERITY     Where exit code 1 begins: malicious, suspicious (default),
                                     or critical, high, medium, low, info
      --policy NAME|FILE             strict, balanced, permissive, a policy of the console, or a
                                     file. Without it: the console's active policy. A policy inside
                                     of what is scanned is never picked up by itself
      --baseline FILE|REPORT|last    Only what is not in an earlier report fails the run: a JSON or
                                     SARIF report, a baseline file, a report id, or the last scan
      --write-baseline FILE          Write what was found now as a baseline
      --no-hash                      Skip the SHA-256 of whole files
      --no-cache                     Use no earlier result
      --no-save                      Keep no report in the history of the console
      --data-dir FOLDER              Where reports and settings are kept
      --set KEY=VALUE                A setting for this run, e.g. scan.depth=4
`,
      compare: `
  prometheus-console compare A B     What is new and fixed in B since A: report ids or JSON reports
      --format text|json             What is printed
      --data-dir FOLDER              Where reports are looked up by their ids
`,
      rules: `
  prometheus-console rules list      List the rules
      --pack NAME, --severity S, --search TEXT
                                     Only these
  prometheus-console rules explain ID
                                     All there is to know of a rule, with an example that fires and
                                     one that must not
      --format text|json|markdown    What is printed, of both
`,
      passport: `
  prometheus-console passport create REPORT|PATH…
                                     Sign what a stored scan says: a report id, or the last scan of
                                     these paths
      --name TEXT, --licence SPDX, --valid-until DAY, --level LEVEL
                                     What it says beside the scan
      --result ID|newest             Benchmark results it carries; may be given several times.
                                     newest: of each suite, of these very files. Without a REPORT
                                     the scan is the one that was made before it was measured
      --measurement FILE             Other measurements it carries
      --output FILE                  Where it is written
  prometheus-console passport list   Passports of this console
  prometheus-console passport show ID|FILE
                                     What a passport says
      --format text|json             What is printed, of both
  prometheus-console passport export ID PATH…
                                     Write its bytes, or with a PATH that ends in .html the one-file
                                     verifier
  prometheus-console passport countersign FILE PATH
                                     Sign somebody else's passport as well. Where it claims to be
                                     reproduced, its benchmarks have to be measured here within 10 %
  prometheus-console passport keys [rotate|trust FILE NAME|distrust KEYID]
                                     Keys that sign, and keys that are trusted
      --data-dir FOLDER              Where passports and keys are kept
`,
      verify: `
  prometheus-console verify FILE [MODEL PATH]
                                     Check a passport by recomputing it, and the model's files
      --key FILE                     The public key (PEM) it has to be signed with
      --trust KEYID                  The same, by its fingerprint; both may be given several times.
                                     Without them: keys this console trusts
      --format text|json             What is printed
`,
      bench: bench.help,
      engines: bench.enginesHelp,
      listings: listings.help,
      events: events.help,
      db: db.help,
      doctor: `
  prometheus-console doctor          Check this installation
      --format text|json             What is printed
      --data-dir FOLDER              The folder to check
`,
    },
    exits: {
      scan: `
Exit codes of scan: 0 clean, 1 malicious or suspicious, 2 error, inconclusive or unknown,
3 nothing to scan, 64 wrong usage.
`,
      compare: '\nExit codes of compare: 0 nothing new, 1 new findings, 64 wrong usage.\n',
      rules: '',
      passport: '\nExit codes of passport: 0 done, 2 error, 64 wrong usage.\n',
      verify: `
Exit codes of verify: 0 valid, 1 invalid or changed, 2 not decided (or an error), 64 wrong usage.
`,
      bench: `
Exit codes of bench: 0 measured, 1 slower than the baseline, 2 error or inconclusive, 64 wrong usage.
`,
      db: db.exits,
      engines: '\nExit codes of engines: 0 done, 2 error, 64 wrong usage.\n',
      listings: listings.exits,
      events: events.exits,
      doctor: '\nExit codes of doctor: 0 in order, 2 a check failed, 64 wrong usage.\n',
    },
  },
  unknownCommand: (name: string, known: readonly string[], meant: string | undefined) =>
    `There is no command "${name}". ${meant === undefined ? `Commands: ${known.join(', ')}.` : `Did you mean ${meant}?`} See prometheus-console help.`,
  unknownOption: (command: string, option: string, meant: string | undefined) =>
    `${command} does not know ${option}.${meant === undefined ? '' : ` Did you mean ${meant}?`} See prometheus-console help ${command}.`,
  valueMissing: (option: string) => `${option} needs a value: ${option}=VALUE.`,
  valueUnwanted: (option: string) => `${option} takes no value; write it alone, or leave it out.`,
  noArgument: (command: string, word: string) =>
    `${command} does not take "${word}". See prometheus-console help ${command}.`,
  noPath: 'scan needs at least one PATH: prometheus-console scan model.pt',
  pathMissing: (path: string) => `${path} does not exist or cannot be read.`,
  wrongChoice: (flag: string, value: string, choices: readonly string[]) =>
    `${flag} ${value} is not known; use one of ${choices.join(', ')}.`,
  noFormat: (file: string) =>
    `What ${file} is to hold is not clear; write --format FORMAT before its --output.`,
  twoFormats: (formats: readonly string[]) =>
    `Only one format can be printed, not ${formats.join(' and ')}; give the others an --output.`,
  fileNotWritten: (file: string, reason: string) => `${file} could not be written: ${reason}`,
  notWritten: (reason: string) => `The output could not be written: ${reason}`,
  nothing: 'There is no file to scan.',
  notSaved: (reason: string) => `The report was not kept in the history: ${reason}`,
  noPolicy: (name: string) =>
    `There is no policy "${name}", neither in the console nor as a file. strict, balanced and permissive are always there.`,
  policyInside: (file: string) =>
    `The policy ${file} lies in what was scanned: whoever can change the delivery can change it.`,
  policy: (name: string, profile: string) =>
    name.toLowerCase() === profile ? `Policy ${name}` : `Policy ${name} (${profile})`,
  policyEffect: (changed: number, ignored: number) =>
    `${changed} ${changed === 1 ? 'severity' : 'severities'} changed, ${ignored} ${ignored === 1 ? 'finding' : 'findings'} ignored`,
  ruleSeverity: (severity: string) => `(${severity} by the rule)`,
  isNew: 'NEW',
  noLast:
    'There is no earlier scan of these paths; everything counts as new. This run becomes the last one: what it found will not fail the next.',
  noBaseline: (file: string) =>
    `${file} is no baseline: neither a JSON report nor a SARIF file of this console, nor written by --write-baseline.`,
  noReport: (id: string) => `There is no report ${id} in this data folder.`,
  noReportFile: (file: string) => `${file} is neither a report id nor a file that can be read.`,
  fileTooLarge: (file: string) => `${file} is larger than any report of this console.`,
  notJson: (file: string) =>
    `${file} is not JSON, so it is no report. Reports are written with --format json --output FILE.`,
  notReport: (file: string) => `${file} is not a JSON report of this console.`,
  against: (counts: { new: number; fixed: number; unchanged: number }) =>
    `Against the baseline: ${counts.new} new, ${counts.fixed} fixed, ${counts.unchanged} unchanged. Only what is new can fail this run.`,
  compared: (counts: { new: number; fixed: number; unchanged: number }) =>
    `${counts.new} new, ${counts.fixed} fixed, ${counts.unchanged} unchanged.`,
  compareUsage: 'compare needs two reports: prometheus-console compare before.json after.json',
  compare: { new: 'New', fixed: 'Fixed' },
  verifyUsage:
    'verify needs a passport: prometheus-console verify model.passport.json [MODEL PATH]',
  passportUsage:
    'passport needs one of create, list, show, export, countersign, keys: prometheus-console passport create REPORT',
  passportArguments: (word: string) =>
    `passport ${word} does not fit what was given. See prometheus-console help.`,
  noPassport: (id: string) => `There is no passport ${id} in this data folder.`,
  noPassportFile: (file: string, reason: string) => `${file} cannot be read: ${reason}.`,
  noScanOf: (paths: string) =>
    `There is no stored scan of ${paths}. Scan it first, without --no-save.`,
  noKeyFile: (file: string) => `${file} holds no Ed25519 public key (PEM).`,
  noKeyId: (id: string) => `${id} is no key id: 64 hex digits, the SHA-256 of a public key.`,
  noDay: (day: string) => `--valid-until ${day} is not a day, YYYY-MM-DD.`,
  notMeasurement: (file: string) =>
    `${file} is no measurement: a JSON object with "schema" and "document".`,
  noBenchmarkResult: (id: string) =>
    `${id} is no benchmark result of this data folder: prometheus-console bench history lists them.`,
  noReportOfResult: (id: string) =>
    `The scan before result ${id} is not known; name a report or a scanned path as well.`,
  nothingMeasured:
    'There is no result of grade A or B of these files: prometheus-console bench run MODEL',
  notWitnessed: (sentence: string) =>
    `It was not signed: only what is right is countersigned. ${sentence}`,
  issued: (name: string, id: string) => `Issued the passport of ${name}: ${id}`,
  written: (file: string, bytes: number, sha256: string) =>
    `${file}: ${bytes} bytes, SHA-256 ${sha256}`,
  verifierMissing: (file: string) => `The verifier is not at ${file}. Run \`npm run build\`.`,
  outcome: { valid: 'VALID', invalid: 'INVALID', undecided: 'NOT DECIDED' },
  level: (level: string, sentence: string) => `Evidence: ${level}. ${sentence}`,
  keyProtection: {
    system: (file: string) => `The private key is sealed by the keychain of the system: ${file}`,
    file: (file: string) =>
      `The private key is in ${file}, protected by nothing but its rights (0600).`,
  },
  noKeys: 'No key yet: the first passport makes one.',
  signs: 'signs',
  retired: (day: string) => `retired ${day}`,
  trusted: (name: string) => `trusted as ${name}`,
  noRule: (id: string, meant: string | undefined) =>
    `There is no rule "${id}". ${meant === undefined ? '`prometheus-console rules` lists them.' : `Did you mean ${meant}?`}`,
  noPack: (name: string, packs: readonly string[]) =>
    `There is no pack "${name}". Packs: ${packs.join(', ')}.`,
  noRuleFound: 'No rule fits. `prometheus-console rules` lists them all.',
  explainUsage:
    'rules explain needs the ID of a rule: prometheus-console rules explain zip.encrypted',
  progress: (done: number, total: number, percent: number) =>
    `Scanning ${done} of ${total} files, ${percent} %`,
  cancelled: 'Cancelled. Nothing was kept.',
  verdict: {
    malicious: 'MALICIOUS',
    suspicious: 'SUSPICIOUS',
    unknown: 'UNKNOWN',
    clean: 'CLEAN',
  } satisfies Record<Verdict, string>,
  notReadToEnd: (status: string) => `not read to the end (${status})`,
  location: 'at',
  grade: (grade: string, score: number) => `Grade ${grade} (${score} of 100)`,
  doctorGrade: (grade: string) => `Grade ${grade}`,
}

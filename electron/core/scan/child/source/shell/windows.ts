import { isCredentialPath } from '../places'
import type { CodeName } from '../vocabulary'
import type { ShellSighting } from './machine'
import { addressOf, isExfiltrationHost, isInstaller } from './places'
import { createVariables } from './windows-variables'

/** Encoded commands inside encoded commands. */
const DEEPEST = 4
/** Longest statement that is read, characters. */
const MOST_STATEMENT = 256 * 1024

/** Where a command may stand: at the start, behind an operator, or behind what starts another. */
const START = String.raw`(?:^|[|&({=]\s*|\b(?:start|call)\s+(?:\/\w+\s+|""\s+)*|\bcmd(?:\.exe)?\s+(?:\/\w+\s+)*\/[ck]\s*"?\s*|\bstart-process\s+(?:-filepath\s+)?['"]?)["']?(?:[\w:%.\\-]*\\)?`
const command = (rest: string): RegExp => new RegExp(START + rest, 'i')

const DOWNLOAD =
  /\b(?:Net\.WebClient|Invoke-WebRequest|Invoke-RestMethod|iwr|irm|wget|curl|Start-BitsTransfer|DownloadString|DownloadData|DownloadFile|OpenRead|XMLHTTP|WinHttpRequest|bitsadmin|certutil)\b/i
const RUN_TEXT =
  /(?:^|[|;&({=\s"'.])(?:iex|invoke-expression)(?:$|[\s("'$])|\[scriptblock\]::create|\.invokescript\(|\[(?:system\.)?reflection\.assembly\]::load/i
const DECODE =
  /FromBase64String|\[char\]\s*\d|-bxor|-join|DeflateStream|GzipStream|\[convert\]::to/i

/** `for /f %%i in ('curl …') do %%i`: each line of an answer is a command. */
const RUNS_LINES =
  /^for\s+\/f\b[^(]*\bin\s*\(\s*['`"](?=[^)]*\b(?:curl|powershell|certutil|bitsadmin)\b)(?=[^)]*https?:).*\bdo\s+(?:@?call\s+|cmd(?:\.exe)?\s+\/c\s+)?%%?\w\s*$/i
const MOST_LOOP = 4096

/** A payload that stands in the text itself. */
const DECODES_LITERAL = /FromBase64String\(\s*['"][A-Za-z0-9+/=]{8,}|\[char\]\s*\d|-bxor/i

const PATTERNS: readonly (readonly [CodeName, RegExp])[] = [
  [
    'threat.reverse-shell',
    /Net\.Sockets\.TcpClient[\s\S]*(?:\biex\b|invoke-expression|cmd\.exe|powershell)/i,
  ],
  [
    'threat.download-and-run',
    command(String.raw`mshta(?:\.exe)?["']?\s+["']?(?:https?:|javascript:|vbscript:)`),
  ],
  ['threat.download-and-run', command(String.raw`regsvr32(?:\.exe)?["']?\s.*\/i:["']?https?:`)],
  [
    'threat.download-and-run',
    command(
      String.raw`rundll32(?:\.exe)?["']?\s+["']?(?:javascript:|\\\\[\w.-]+\\|https?:|.*mshtml.*runhtmlapplication)`,
    ),
  ],
  ['threat.download-and-run', command(String.raw`msiexec(?:\.exe)?["']?\s.*\/i\s*["']?https?:`)],
  ['threat.download-and-run', command(String.raw`(?:cscript|wscript)(?:\.exe)?["']?\s.*https?:`)],
  [
    'threat.persistence',
    command(
      String.raw`reg(?:\.exe)?["']?\s+add\s.*\\CurrentVersion\\(?:Run|Winlogon|Image File Execution)`,
    ),
  ],
  ['threat.persistence', command(String.raw`schtasks(?:\.exe)?["']?\s.*\/create\b`)],
  ['threat.persistence', /\b(?:Set|New)-ItemProperty\b.*\\CurrentVersion\\Run/i],
  ['threat.persistence', /\bRegister-ScheduledTask\b|\bNew-Service\b.*-BinaryPathName/i],
  [
    'threat.persistence',
    /(?:copy|move|xcopy|Copy-Item|Out-File|>).*\\Start Menu\\Programs\\Startup/i,
  ],
  [
    'threat.destructive',
    command(String.raw`(?:rd|rmdir)\s+(?:\/[sq]\s+)*["']?[a-z]:\\?["']?(?:\s|$)`),
  ],
  [
    'threat.destructive',
    command(
      String.raw`(?:del|erase)\s+(?:\/[sfqa]\s+)*["']?(?:[a-z]:\\\*?(?:\.\*)?|%userprofile%|%systemroot%)["']?(?:\s|$)`,
    ),
  ],
  ['threat.destructive', command(String.raw`format(?:\.com)?\s+[a-z]:`)],
  ['threat.destructive', command(String.raw`vssadmin(?:\.exe)?["']?\s+delete\s+shadows`)],
  [
    'threat.destructive',
    command(String.raw`(?:wbadmin\s+delete|bcdedit\s.*recoveryenabled\s+no|cipher\s+\/w:)`),
  ],
  [
    'threat.destructive',
    /\b(?:Remove-Item|ri|rm)\b(?=.*-r(?:ecurse)?\b).*\s["']?(?:[a-z]:\\?\*?|\$env:(?:userprofile|systemdrive|systemroot)\\?\*?|\$home|~)["']?(?:\s|$)/i,
  ],
  [
    'threat.destructive',
    command(String.raw`(?:rd|rmdir)\s+(?:\/[sq]\s+)*["']?c:\\users["']?(?:\s|$)`),
  ],
  [
    'threat.persistence',
    command(
      String.raw`net1?(?:\.exe)?\s+(?:user\s+\S+\s+\S+\s+\/add|localgroup\s+administrators\s+\S+\s+\/add)`,
    ),
  ],
  ['threat.persistence', command(String.raw`sc(?:\.exe)?\s+create\s.*binpath`)],
  ['threat.persistence', /\bNew-LocalUser\b|\bAdd-LocalGroupMember\b.*Administrators/i],
  [
    'threat.security-off',
    /HKCU:?\\Software\\Classes\\(?:ms-settings|mscfile|exefile|Folder|Launcher\.SystemSettings)\\Shell\\/i,
  ],
  ['threat.persistence', /__EventFilter|CommandLineEventConsumer/],
  ['hidden.process', command(String.raw`wmic(?:\.exe)?["']?\s.*process\s+call\s+create`)],
  ['hidden.process', /\bInvoke-(?:Wmi|Cim)Method\b.*\bcreate\b/i],
  ['threat.download-and-run', command(String.raw`wmic(?:\.exe)?["']?\s.*\/format:\s*["']?https?:`)],
  [
    'flow.environment.network',
    /\b(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr|UploadString|UploadData|curl)\b.{0,2000}\b(?:Get-ChildItem|gci|dir|ls)\s+["']?Env:/i,
  ],
  ['flow.credentials.file-write', /netsh\s+wlan\s+(?:show|export)\s+profile.*key\s*=\s*clear/i],
  ['threat.security-off', /AmsiUtils|amsiInitFailed|AmsiScanBuffer|EtwEventWrite/i],
  [
    'threat.security-off',
    command(
      String.raw`(?:sc|net)(?:\.exe)?\s+(?:stop|delete|config)\s+["']?(?:WinDefend|wscsvc|mpssvc|Sense|SecurityHealthService)`,
    ),
  ],
  ['threat.fork-bomb', /%0\s*\|\s*%0/],
  [
    'threat.security-off',
    /\bSet-MpPreference\b.*-Disable\w+\s+(?:\$true|1)|\bAdd-MpPreference\b.*-Exclusion/i,
  ],
  [
    'threat.security-off',
    /netsh\s+(?:advfirewall\s+set\s+\w+\s+state\s+off|firewall\s+set\s+opmode\s+disable)/i,
  ],
  ['threat.keylogger', /GetAsyncKeyState|SetWindowsHookEx/i],
  ['threat.clipboard', /\bGet-Clipboard\b|Clipboard\]::GetText/i],
  ['threat.crypto-miner', /stratum\+(?:tcp|ssl):\/\//i],
  ['threat.cover-tracks', command(String.raw`wevtutil(?:\.exe)?\s+(?:cl|clear-log)\b`)],
  ['threat.cover-tracks', /\bClear-EventLog\b|\bClear-History\b/i],
]

const KEYWORDS =
  /\b(?:powershell|pwsh|invoke-\w+|iex|irm|iwr|new-object|certutil|bitsadmin|mshta|regsvr32|rundll32|schtasks|wmic|vssadmin|cmd(?:\.exe)?\s+\/[ck]|start-process|reg(?:\.exe)?\s+add|netsh|msiexec|Set-MpPreference|Add-MpPreference|wevtutil|Get-Clipboard|Remove-Item|rd\s+\/s|del\s+\/|format\s+c:)|%0\s*\||FromBase64String|stratum\+/i

/** Whether a text has words that only PowerShell or cmd.exe take as commands. */
export const looksWindows = (text: string): boolean => KEYWORDS.test(text.replace(/[`^]/g, ''))

/** What the statements of a PowerShell or batch text do; a range is that of the statement. */
export function windowsSightings(text: string, level = 0): ShellSighting[] {
  const found: ShellSighting[] = []
  const variables = createVariables()
  const copied = new Set<string>()
  let downloaded: string | undefined
  let socketAt: { start: number; end: number } | undefined
  for (const { start, end } of statements(text)) {
    const raw = text.slice(start, Math.min(end, start + MOST_STATEMENT))
    const written = normalise(raw)
    const statement = variables.filledIn(written)
    if (isSaid(statement)) {
      variables.note(written)
      continue
    }
    const see = (name: CodeName, evidence?: string) =>
      found.push({ name, start, end, ...(evidence !== undefined && { evidence }) })
    if (/Net\.Sockets\.TcpClient/i.test(statement)) socketAt ??= { start, end }
    else if (socketAt !== undefined && RUN_TEXT.test(statement)) {
      found.push({ name: 'threat.reverse-shell', ...socketAt })
      socketAt = undefined
    }
    if (sendsSecrets(statement, copied)) see('flow.credentials.network')
    if (statement.length < MOST_LOOP && RUNS_LINES.test(statement)) see('threat.download-and-run')
    for (const [name, pattern] of PATTERNS) if (pattern.test(statement)) see(name)
    const runs = RUN_TEXT.test(statement)
    const loads = DOWNLOAD.test(statement)
    if (loads && /\bAdd-Type\b.*-(?:Type|Member)Definition\b/i.test(statement))
      see('threat.download-and-run')
    if (runs && loads)
      see(isFromInstaller(statement) ? 'threat.known-installer' : 'threat.download-and-run')
    else if (runs && (DECODE.test(written) || DECODES_LITERAL.test(statement)))
      see('threat.encoded-command')
    else if (runs) see('capability.eval')
    for (const inner of encodedCommands(statement)) {
      see('threat.encoded-command', inner)
      if (level < DEEPEST)
        for (const nested of windowsSightings(inner, level + 1))
          see(nested.name, nested.evidence ?? inner)
    }
    const target = downloadTarget(statement)
    const runsIt = downloaded !== undefined && isStarted(statement, downloaded)
    if (runsIt && target === undefined) see('threat.download-and-run')
    else if (target !== undefined && statement.toLowerCase().split(target).length > 2)
      see('threat.download-and-run')
    downloaded = target ?? downloaded
    // What an assignment does was told where it stands.
    const told = found.at(-1)
    if (told?.start !== start || told.name.startsWith('capability.')) variables.note(written)
    for (const url of statement.matchAll(/https?:\/\/[^\s'")]+/gi)) {
      const address = addressOf(url[0])
      if (address !== undefined && isExfiltrationHost(address)) see('threat.exfiltration-host')
    }
  }
  return found
}

const UPLOADS =
  /-InFile\b|\bUploadFile\b|\bcurl(?:\.exe)?\b.*\s(?:-F|-T|-d|--data\S*|--upload-file)\s|\b(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)\b.*-(?:Body|Form)\b/i

/** Whether a statement uploads credentials, or a file that they were copied to. */
function sendsSecrets(statement: string, copied: Set<string>): boolean {
  const words = statement.split(
    /["'=@,;()<>|]|\s(?=[-@$%~])|(?<!User|Login|Local|Web|Microsoft|Opera|Start)\s/,
  )
  const hasSecret = words.some((word) => isCredentialPath(word.trim()))
  if (hasSecret && /\b(?:Copy-Item|copy|xcopy|cp|move)\b/i.test(statement)) {
    const target = words.filter((word) => word.trim() !== '').at(-1)
    const name = target?.trim().split(/[\\/]/).at(-1)?.toLowerCase()
    if (name !== undefined && name.length > 2) copied.add(name)
  }
  if (!UPLOADS.test(statement)) return false
  const text = statement.toLowerCase()
  return hasSecret || [...copied].some((name) => text.includes(name))
}

/** Lines and their continuations, without comments; a PowerShell block comment is blanked first. */
function* statements(text: string): Generator<{ start: number; end: number }> {
  let start = 0
  while (start < text.length) {
    let end = text.indexOf('\n', start)
    // A line goes on behind a backtick, a caret, a pipe or an open brace.
    while (
      end !== -1 &&
      /[`^|{(,]\s*$/.test(text.slice(Math.max(start, end - 3), end)) &&
      end - start < 4096
    )
      end = text.indexOf('\n', end + 1)
    if (end === -1) end = text.length
    if (
      text.startsWith('<#', start + (/^\s*/.exec(text.slice(start, start + 200))?.[0].length ?? 0))
    ) {
      const close = text.indexOf('#>', start)
      end = close === -1 ? text.length : close + 2
    } else if (!/^\s*(#|rem\b|::|@rem\b)/i.test(text.slice(start, start + 200)))
      yield { start, end }
    start = end + 1
  }
}

/** What PowerShell and cmd.exe make of the tricks that hide a word. */
function normalise(raw: string): string {
  let text = raw.replace(/(?:`|\^)(?=[\w"'&|<>-])|[`^]\s*\r?\n/g, '').replace(/^\s*@/, '')
  text = text.replace(
    /\[char\]\s*(?:\(\s*)?(0x[0-9a-f]+|\d{1,4})\)?/gi,
    (_, code: string) => `'${String.fromCharCode(Number(code))}'`,
  )
  for (let round = 0; round < 3; round++)
    text = text.replace(/(['"])\s*\+\s*(['"])/g, (whole, a, b) => (a === b ? '' : whole))
  text = text.replace(
    /"((?:\{\d+\})+)"\s*-f\s*((?:'[^']*'\s*,?\s*)+)/gi,
    (_, format: string, list: string) => {
      const items = [...list.matchAll(/'([^']*)'/g)].map((item) => item[1] ?? '')
      return `'${format.replace(/\{(\d+)\}/g, (__, index: string) => items[Number(index)] ?? '')}'`
    },
  )
  text = text.replace(/([&.])\s*\(\s*['"]([\w-]+)['"]\s*\)/g, '$1 $2 ')
  return text.trim()
}

/** A statement that only shows a text. */
function isSaid(statement: string): boolean {
  return (
    /^(echo|write-(host|output|verbose|warning)|print)\b/i.test(statement) &&
    !/[|>&]/.test(statement.replace(/"[^"]*"|'[^']*'/g, ''))
  )
}

const ENCODED =
  /\b(?:powershell|pwsh)(?:\.exe)?["']?\s(?:.*?\s)?[-/]e(?:c|nc\w*)?\s+["']?([A-Za-z0-9+/]{8,}={0,2})/gi

/** The scripts behind -EncodedCommand: UTF-16LE in Base64. */
function* encodedCommands(statement: string): Generator<string> {
  for (const match of statement.matchAll(ENCODED))
    yield Buffer.from(match[1] ?? '', 'base64').toString('utf16le')
}

/** Whether a statement starts a file: at its beginning, behind `&` or `start`, or as the file of Start-Process. */
function isStarted(statement: string, file: string): boolean {
  const text = statement.toLowerCase()
  const at = text.indexOf(file)
  return (
    at !== -1 &&
    /(^|[;&|({]\s*|\b(start|call|start-process|saps|invoke-item|ii|invoke-expression|iex|msiexec|powershell|cmd|cscript|wscript|rundll32)\b[^;|]{0,200})["']?[^\s;|&"']{0,200}$/.test(
      text.slice(Math.max(0, at - 500), at),
    )
  )
}

/** File that a statement downloads to, lower case. */
function downloadTarget(statement: string): string | undefined {
  const match =
    /(?:^|[\s"'])(?:-OutFile|-\w*o|--output|-Destination)\s+["']?([^\s"';|&]+)/i.exec(
      DOWNLOAD.test(statement) ? statement : '',
    ) ??
    /DownloadFile\(\s*[^,]+,\s*["']?([^"')]+)/i.exec(statement) ??
    /\bcertutil(?:\.exe)?\s.*-urlcache\s.*https?:\S+\s+["']?([^\s"'&|;]+)/i.exec(statement) ??
    /\bcertutil(?:\.exe)?\s.*-decode(?:hex)?\s+\S+\s+["']?([^\s"'&|;]+)/i.exec(statement) ??
    /\bbitsadmin(?:\.exe)?\s.*\/transfer\s.*https?:\S+\s+["']?([^\s"'&|;]+)/i.exec(statement)
  const name = match?.[1]?.split(/[\\/]/).at(-1)?.toLowerCase()
  return name === undefined || name.length < 3 ? undefined : name
}

function isFromInstaller(statement: string): boolean {
  const urls = [...statement.matchAll(/(?:https?:\/\/)[^\s'")]+/gi)].map(([url]) => addressOf(url))
  return urls.length > 0 && urls.every((address) => address !== undefined && isInstaller(address))
}

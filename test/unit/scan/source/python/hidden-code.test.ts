import { expect, test } from 'vitest'
import { scanPython } from './scan-python'

/** What hides code or a name; payloads are `echo` or nothing, and nothing is executed. */
const HIDDEN: readonly [string, string, string[]][] = [
  [
    'Base64 text is executed',
    'flow.decoded.eval',
    ['import base64', "exec(base64.b64decode('aW1wb3J0IG9zCm9zLnN5c3RlbSgnZWNobyBoaScpCg=='))"],
  ],
  [
    'zlib inside Base64 is executed',
    'obfuscation.packed',
    [
      'import zlib,base64',
      "exec(zlib.decompress(base64.b64decode(b'eJzLzC3ILypRyC/myi/WK64sLknN1VBPTc7IV8jIVNfkAgC4IgqW')))",
    ],
  ],
  [
    'a lambda reverses, decodes and unpacks',
    'obfuscation.nested-encoding',
    [
      "_ = lambda __ : __import__('zlib').decompress(__import__('base64').b64decode(__[::-1]));exec((_)(b'WqgI4CgAkfNVIj8VI7cTPBV1NnkLs46KW/iym/CyRpyLI3CzLzJe'))",
    ],
  ],
  [
    'getattr with a name of two pieces',
    'hidden.process',
    ['import os', "getattr(os,'sys'+'tem')('echo hi')"],
  ],
  ['os is imported inside an expression', 'hidden.process', ["__import__('os').system('echo hi')"]],
  [
    'character codes through map',
    'flow.decoded.eval',
    [
      "exec(''.join(map(chr,[105, 109, 112, 111, 114, 116, 32, 111, 115, 10, 111, 115, 46, 115, 121, 115, 116, 101, 109, 40, 39, 101, 99, 104, 111, 32, 104, 105, 39, 41, 10])))",
    ],
  ],
  [
    'character codes under XOR in a comprehension',
    'flow.decoded.eval',
    [
      "exec(''.join([chr(c^7) for c in [110, 106, 119, 104, 117, 115, 39, 104, 116, 13, 104, 116, 41, 116, 126, 116, 115, 98, 106, 47, 32, 98, 100, 111, 104, 39, 111, 110, 32, 46, 13]]))",
    ],
  ],
  [
    'a loop adds characters under XOR',
    'flow.decoded.eval',
    [
      'k=7',
      'd=[110, 106, 119, 104, 117, 115, 39, 104, 116, 13, 104, 116, 41, 116, 126, 116, 115, 98, 106, 47, 32, 98, 100, 111, 104, 39, 111, 110, 32, 46, 13]',
      "s=''",
      'for c in d:',
      '    s+=chr(c^k)',
      'exec(s)',
    ],
  ],
  [
    'a text that is written backwards',
    'flow.decoded.eval',
    ['exec("\\n)\'ih ohce\'(metsys.so\\nso tropmi"[::-1])'],
  ],
  [
    'hex digits',
    'flow.decoded.eval',
    [
      "exec(bytes.fromhex('696d706f7274206f730a6f732e73797374656d28276563686f20686927290a').decode())",
    ],
  ],
  [
    'rot13',
    'flow.decoded.eval',
    ['import codecs', "exec(codecs.decode('vzcbeg bf;bf.flfgrz(\\'vq\\')','rot13'))"],
  ],
  ['eval out of __builtins__.__dict__', 'hidden.eval', ["__builtins__.__dict__['ev'+'al']('1+1')"]],
  [
    'exec out of globals()',
    'hidden.eval',
    ["getattr(globals()['__builtins__'],'ex'+'ec')('import os')"],
  ],
  [
    'a walk from () over all classes',
    'hidden.process',
    [
      "[c for c in ().__class__.__base__.__subclasses__() if c.__name__=='_wrap_close'][0].__init__.__globals__['system']('echo hi')",
    ],
  ],
  ['exec as a decorator', 'hidden.eval', ['@exec', '@input', 'class X: pass']],
  ['exec in full-width letters', 'hidden.eval', ["\uff45\uff58\uff45\uff43('import os')"]],
  [
    'operator.attrgetter',
    'hidden.process',
    ['import operator,os', "operator.attrgetter('sys'+'tem')(os)('id')"],
  ],
  ['os out of sys.modules', 'hidden.process', ['import sys', "sys.modules['os'].system('id')"]],
  [
    'marshalled code',
    'obfuscation.packed',
    ['import marshal,base64', "exec(marshal.loads(base64.b64decode('4wAAAAAAAAAAAAAAAAAAAAA=')))"],
  ],
  [
    'names put together by format',
    'hidden.process',
    [
      'import importlib',
      "m=importlib.import_module('{}{}'.format('o','s'))",
      "getattr(m,'%s%s'%('sys','tem'))('id')",
    ],
  ],
  [
    'a translation table',
    'flow.decoded.eval',
    ["t=str.maketrans('abc','xyz')", "exec('abcimport os'.translate(t))"],
  ],
  [
    "Python 2's exec statement",
    'flow.decoded.eval',
    [
      'import base64',
      "exec base64.b64decode('aW1wb3J0IG9zCm9zLnN5c3RlbSgnZWNobyBoaScpCg==')",
      "print 'x'",
    ],
  ],
  [
    'compile and then exec',
    'flow.decoded.eval',
    [
      'import base64',
      "c=compile(base64.b64decode('aW1wb3J0IG9zCm9zLnN5c3RlbSgnZWNobyBoaScpCg=='),'<s>','exec')",
      'exec(c)',
    ],
  ],
  [
    'exec as the target of a thread',
    'flow.decoded.eval',
    [
      'import threading,os,base64',
      "threading.Thread(target=exec,args=(base64.b64decode('aW1wb3J0IG9zCm9zLnN5c3RlbSgnZWNobyBoaScpCg=='),)).start()",
    ],
  ],
  [
    'exec as an operator of a class',
    'hidden.eval',
    ['class A: pass', 'A.__class_getitem__=exec', "A['import os']"],
  ],
  [
    'a rot13 coding cookie',
    'obfuscation.packed',
    ['# -*- coding: rot13 -*-', 'vzcbeg bf', "bf.flfgrz('rpub uv')"],
  ],
  ['a UTF-7 coding cookie', 'obfuscation.packed', ['# coding: utf-7', '+AGkAbQBwAG8AcgB0 os']],
  [
    'PyArmor',
    'obfuscation.packed',
    [
      'from pyarmor_runtime_000000 import __pyarmor__',
      "__pyarmor__(__name__, __file__, b'PY000000')",
    ],
  ],
  [
    'Base85',
    'flow.decoded.eval',
    ['import base64 as q', "exec(q.b85decode(b'X>D+Ca&#bXa|&;BE^~QvbY*QQCuL)3Zy;!CCn*X'))"],
  ],
  [
    'Ascii85',
    'flow.decoded.eval',
    ['import base64 as q', "exec(q.a85decode(b'Bl.g-Ec`FBEsci,/ou;ZFCf;;-Y6e$D]i_--RfB'))"],
  ],
  [
    'Base32 under another name',
    'flow.decoded.eval',
    [
      'from base64 import b32decode as d',
      "exec(d('NFWXA33SOQQG64YKN5ZS443ZON2GK3JIE5SWG2DPEBUGSJZJBI======'))",
    ],
  ],
  [
    'bzip2',
    'flow.decoded.eval',
    [
      'import bz2',
      "exec(bz2.decompress(b'BZh91AY&SY?\\xe7@\\xa0\\x00\\x00\\x07\\xd1\\x80\\x00\\x10@\\xe1\\nb\\xdc  \\x00\"\\x80\\xf5\\x0fS\\xd0B\\x86\\x9a`\\x03.\\xa1q\\xba\\x15\\xc1L\\x81\\xc3\\x8d\\x15Y\\x89z|]\\xc9\\x14\\xe1B@\\xff\\x9d\\x02\\x80'))",
    ],
  ],
  [
    'one long number',
    'flow.decoded.eval',
    [
      'n=186274263404305110437356096194984722693071570161206187650685840760940996874',
      "exec(n.to_bytes((n.bit_length()+7)//8,'big'))",
    ],
  ],
  [
    'a number from hex digits',
    'flow.decoded.eval',
    [
      "exec(int('696d706f7274206f730a6f732e73797374656d28276563686f20686927290a',16).to_bytes(31,'big').decode())",
    ],
  ],
  [
    'pieces out of a dict',
    'hidden.eval',
    ["d={'a':'ev','b':'al'}", "getattr(__builtins__,d['a']+d['b'])('1')"],
  ],
  [
    'functools.reduce over character codes',
    'flow.decoded.eval',
    [
      'from functools import reduce',
      "exec(reduce(lambda a,c:a+chr(c-1),[106, 110, 113, 112, 115, 117, 33, 112, 116, 11, 112, 116, 47, 116, 122, 116, 117, 102, 110, 41, 40, 102, 100, 105, 112, 33, 105, 106, 40, 42, 11],''))",
    ],
  ],
  [
    'a while loop with an index',
    'flow.decoded.eval',
    [
      'd=[105, 108, 114, 108, 118, 116, 33, 109, 112, 14, 111, 114, 44, 112, 125, 115, 117, 103, 110, 44, 39, 100, 97, 107, 107, 32, 105, 107, 36, 45, 10]',
      'i=0',
      "s=''",
      'while i<len(d):',
      '    s+=chr(d[i]^i%5)',
      '    i+=1',
      'exec(s)',
    ],
  ],
  [
    'XOR with a repeated key',
    'flow.decoded.eval',
    [
      "k=b'key'",
      "d=bytes.fromhex('02080904170d4b0a0a610a0a45160018111c064d5e0e061104451102425061')",
      'exec(bytes(a^k[i%len(k)] for i,a in enumerate(d)))',
    ],
  ],
  [
    'zip with a cycle',
    'flow.decoded.eval',
    [
      'import itertools',
      'd=[8, 15, 17, 13, 19, 22, 65, 13, 18, 104, 14, 17, 79, 17, 24, 17, 21, 7, 12, 74, 70, 7, 2, 10, 14, 66, 9, 11, 70, 75, 107]',
      "exec(''.join(chr(a^b) for a,b in zip(d,itertools.cycle(b'ab'))))",
    ],
  ],
  [
    'a class that keeps the text',
    'flow.decoded.eval',
    [
      'import base64',
      'class D:',
      '    def __init__(self,s):',
      '        self.s=s',
      '    def go(self):',
      '        exec(base64.b64decode(self.s))',
      "D('aW1wb3J0IG9zCm9zLnN5c3RlbSgnZWNobyBoaScpCg==').go()",
    ],
  ],
  [
    'eval out of a dict',
    'hidden.process',
    ["{'x':eval}.get('x')('__import__(\"os\").system(\"id\")')"],
  ],
  ['locals()', 'hidden.eval', ["locals()['__builtins__'].__dict__['exec']('import os')"]],
  ['vars() of an import', 'hidden.process', ["vars(__import__('o'+'s'))['sys'+'tem']('id')"]],
  [
    'import_module through getattr',
    'hidden.process',
    ["getattr(__import__('importlib'),'import_module')('o'+'s').system('id')"],
  ],
  [
    'operator.methodcaller',
    'hidden.process',
    ['from operator import methodcaller', 'import os', "methodcaller('system','id')(os)"],
  ],
  [
    'an assignment expression',
    'flow.decoded.eval',
    [
      'import base64',
      "if (c := base64.b64decode('aW1wb3J0IG9zCm9zLnN5c3RlbSgnZWNobyBoaScpCg==')): exec(c)",
    ],
  ],
  [
    'a frame object',
    'hidden.eval',
    ['import sys', "sys._getframe().f_globals['__builtins__'].eval('1+1')"],
  ],
  [
    'a function out of marshalled code',
    'obfuscation.packed',
    [
      'import types,marshal,base64',
      "types.FunctionType(marshal.loads(base64.b64decode('aW1wb3J0IG9zCm9zLnN5c3RlbSgnZWNobyBoaScpCg==')),globals())()",
    ],
  ],
  [
    'three layers in a loop',
    'flow.decoded.eval',
    [
      'import base64',
      "x='WVZjeGQySXpTakJKUnpsNlEyMDVla3h1VGpWak0xSnNZbE5uYmxwWFRtOWllVUp2WVZOamNFTm5QVDA9'",
      'for _ in range(3):',
      '    x=base64.b64decode(x)',
      'exec(x)',
    ],
  ],
  [
    'an f-string as a name',
    'hidden.process',
    ['import os', "a='sys';b='tem'", "getattr(os,f'{a}{b}')('id')"],
  ],
  ['every other letter', 'flow.decoded.eval', ["exec('ixmxpxoxrxtx xoxsx'[::2])"]],
  [
    'percent signs',
    'flow.decoded.eval',
    ['from urllib.parse import unquote', "exec(unquote('import%20os%0Aos.system%28%27id%27%29'))"],
  ],
  [
    'star imports',
    'flow.decoded.eval',
    [
      'from base64 import *',
      'from zlib import *',
      "exec(b64decode('aW1wb3J0IG9zCm9zLnN5c3RlbSgnZWNobyBoaScpCg=='))",
    ],
  ],
  [
    'variation selectors',
    'obfuscation.invisible',
    [
      "x='\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01\ufe00\ufe01'",
      "exec(''.join(chr(ord(c)) for c in x))",
    ],
  ],
  [
    '__reduce__ with os.system',
    'hidden.process',
    [
      'import os,pickle',
      'class X:',
      '    def __reduce__(self):',
      "        return (os.system,('echo hi',))",
      'pickle.dumps(X())',
    ],
  ],
  [
    'code behind two hundred blanks',
    'obfuscation.whitespace',
    [
      "x = 1;                                                                                                                                                                                                        __import__('os').system('id')",
    ],
  ],
  [
    'code behind a hundred tabs',
    'obfuscation.whitespace',
    [
      "import os;\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\tos.system('id')",
    ],
  ],
  [
    'a Lambda layer',
    'hidden.process',
    [
      'import tensorflow as tf',
      "m=tf.keras.layers.Lambda(lambda x: exec(\"__import__('os').system('id')\") or x)",
    ],
  ],
]

test.each(HIDDEN)('is seen through: %s', (_, name, lines) => {
  const scan = scanPython(lines.join('\n'))
  expect(scan.names('code')).toContain(name)
  expect(['malicious', 'suspicious']).toContain(scan.verdict)
})

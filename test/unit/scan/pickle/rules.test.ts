import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { compileRules, evaluate } from '@shared/scan-report/match'
import type { Finding } from '@shared/scan-report/report'
import { type Rule, RulePack } from '@shared/scan-report/rule'
import { describe, expect, test } from 'vitest'
import { callPickle, pickle } from '../../../fixtures/pickle-writer'
import { scan } from './recording-context'

const packOf = (name: string): RulePack => {
  const file = new URL(`../../../../resources/rules/${name}.json`, import.meta.url)
  return RulePack.parse(JSON.parse(readFileSync(file, 'utf8')))
}
const pack = packOf('pickle')
const rules = compileRules('test', [pack, packOf('trusted-classes')])
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const findings = (bytes: Uint8Array): Finding[] => evaluate(rules, scan(bytes).facts, sha256)
const worst = (bytes: Uint8Array): string => findings(bytes)[0]?.severity ?? 'none'
const called = (name: string): string => {
  const [module = '', attribute = ''] = name.split(':')
  return worst(callPickle(module, attribute))
}

/** One callable of each published bypass of picklescan, fickling and modelscan (module:name). */
const PUBLISHED = `
  os:system posix:system nt:system subprocess:Popen subprocess:check_output pty:spawn os:execvp
  builtins:eval builtins:exec builtins:compile builtins:__import__ runpy:run_path runpy:_run_code
  code:InteractiveInterpreter.runcode timeit:timeit cProfile:run profile:run doctest:debug_script
  pdb:run bdb:Bdb.run trace:Trace.run idlelib.run:Executive.runcode idlelib.pyshell:ModifiedInterpreter.runcode
  idlelib.calltip:get_entity idlelib.autocomplete:AutoComplete.get_entity idlelib.debugobj:ObjectTreeItem.SetText
  lib2to3.pgen2.grammar:Grammar.loads lib2to3.pgen2.pgen:ParserGenerator.make_label
  torch.utils.bottleneck.__main__:run_cprofile torch.utils.collect_env:run torch._inductor.codecache:compile_file
  torch.jit.unsupported_tensor_ops:execWrapper torch._dynamo.guards:GuardBuilder.get
  torch.fx.experimental.symbolic_shapes:ShapeEnv.evaluate_guards_expression torch.utils._config_module:load_config
  torch.utils.data.datapipes.utils.decoder:basichandlers torch.hub:load torch:load torch.jit:load
  numpy.f2py.crackfortran:getlincoef numpy.f2py.crackfortran:param_eval numpy.testing._private.utils:runstring
  numpy.ctypeslib:load_library numpy.distutils.exec_command:exec_command numpy:load
  asyncio.unix_events:_UnixSubprocessTransport._start pip:main pip._internal.cli.main:main ensurepip:_run_pip
  venv:create distutils.file_util:write_file distutils.spawn:spawn pkgutil:resolve_name importlib:import_module
  uuid:_get_command_stdout imaplib:IMAP4_stream _osx_support:_read_output _aix_support:_read_cmd_output
  _pyrepl.pager:pipe_pager test.support.script_helper:assert_python_ok logging:FileHandler io:FileIO
  logging.config:listen shutil:rmtree tempfile:mkstemp linecache:getlines fileinput:input builtins:open
  socket:create_connection urllib.request:urlopen http.client:HTTPSConnection smtplib:SMTP ftplib:FTP requests:get
  webbrowser:open xmlrpc.client:ServerProxy socketserver:TCPServer signal:signal ssl:get_server_certificate
  pickle:loads _pickle:loads dill:loads cloudpickle:loads marshal:loads shelve:open joblib:load pandas:read_pickle
  keras.models:load_model yaml:unsafe_load tensorflow:load_op_library torch.ops:load_library ctypes:CDLL
  gc:get_objects sys:settrace inspect:getattr_static types:FunctionType types:CodeType multiprocessing.util:spawnv_passfds
  pydoc:pipepager pydoc:locate _posixsubprocess:fork_exec commands:getoutput os:popen2 cffi:FFI sqlite3:connect
  numpy.core._multiarray_umath:_os.system antigravity:geohash
`
  .trim()
  .split(/\s+/)

describe('the pickle rule pack', () => {
  test.each(PUBLISHED)('%s is at least high when it is called', (name) => {
    expect(['critical', 'high']).toContain(called(name))
  })

  test.each([
    'logging:os.system',
    'random:_os.system',
    'shutil:os.popen',
    'torch.serialization:os.system',
  ])('the dotted name %s is found behind its harmless module', (name) => {
    expect(called(name)).toBe('critical')
  })

  test('a detour that makes a name too long for a fact does not hide where it ends', () => {
    expect(called(`logging:${'os.path.'.repeat(300)}os.system`)).toBe('critical')
  })

  test.each([
    'numpy.core.numeric:__builtins__',
    'm:f.__globals__',
    'm:C.__class__.__base__.__subclasses__',
  ])('the attribute walk %s is at least high', (name) => {
    expect(['critical', 'high']).toContain(called(name))
  })

  test('a command that is imported and not called is high', () => {
    expect(worst(pickle(4).import('os', 'system').stop().bytes())).toBe('high')
  })

  test('getattr counts for what it leads to', () => {
    const writer = pickle(4).import('builtins', 'getattr')
    writer.import('importlib', 'import_module').text('os').tuple1().reduce()
    const bytes = writer.text('system').tuple2().reduce().text('echo').tuple1().reduce().stop()
    expect(worst(bytes.bytes())).toBe('critical')
  })

  test('a class nobody knows is medium', () => {
    expect(findings(callPickle('my_project.model', 'Net'))).toMatchObject([
      { ruleId: 'pickle.unlisted-import', severity: 'medium' },
    ])
  })

  test('EXT opcodes, changed modules and computed names are high', () => {
    expect(worst(pickle(2).ext1(1).stop().bytes())).toBe('high')
    expect(worst(pickle(2).global('m', 'x').emptyDict().build().stop().bytes())).toBe('high')
    expect(worst(pickle(4).none().none().stackGlobal().stop().bytes())).toBe('high')
  })

  test.each([
    'sklearn.tree._tree:Tree',
    'sklearn.metrics._dist_metrics:newObj',
    'numpy.core.multiarray:_reconstruct',
    'numpy._core.multiarray:scalar',
    'numpy.random._pickle:__randomstate_ctor',
    'scipy.sparse._csr:csr_matrix',
    'pandas.core.frame:DataFrame',
    'pandas._libs.internals:_unpickle_block',
    'torch._utils:_rebuild_tensor_v2',
    'torch:FloatStorage',
    'torch.serialization:_get_layout',
    'torch.jit._script:RecursiveScriptModule',
    'collections:OrderedDict',
    'copyreg:_reconstructor',
    'datetime:datetime',
    'pathlib:PosixPath',
    'functools:partial',
    'joblib.numpy_pickle:NumpyArrayWrapper',
    'flax.core.frozen_dict:FrozenDict',
    'argparse:Namespace',
  ])('%s is what models need', (name) => {
    expect(called(name)).toBe('none')
  })

  const instance = (name: string): string => {
    const [module = '', attribute = ''] = name.split(':')
    const writer = pickle(4).import(module, attribute).emptyTuple().newObj()
    return worst(writer.emptyDict().build().stop().bytes())
  }

  test.each([
    'sklearn.ensemble._forest:RandomForestClassifier',
    'torch.nn.modules.linear:Linear',
    'xgboost.sklearn:XGBClassifier',
    'lightgbm.sklearn:LGBMClassifier',
    'transformers.training_args:TrainingArguments',
    'tokenizers:Tokenizer',
  ])('models hold instances of %s, and nobody calls it with arguments', (name) => {
    expect(instance(name)).toBe('none')
    expect(called(name)).toBe('medium')
  })

  test.each([
    'ultralytics.nn.tasks:DetectionModel',
    'ultralytics.nn.autobackend:AutoBackend',
    'torchtext.vocab.vectors:Vectors',
    'torchvision.datasets.mnist:MNIST',
    'gensim.models.wrappers.ldamallet:LdaMallet',
    'gensim.corpora.textcorpus:TextCorpus',
    'sentence_transformers.SentenceTransformer:SentenceTransformer',
    'transformers.models.rag.retrieval_rag:LegacyIndex',
    'keras.src.export.tfsm_layer:TFSMLayer',
    'keras.src.utils.torch_utils:TorchModuleWrapper',
  ])('the constructor of %s is high, an instance of it nothing', (name) => {
    expect(called(name)).toBe('high')
    expect(instance(name)).toBe('none')
  })

  test('a constructor is found behind many instances, map, partial and copyreg._reconstructor', () => {
    const backend = () => pickle(4).import('ultralytics.nn.autobackend', 'AutoBackend').memoize()
    const many = backend()
    for (let count = 0; count < 20; count++) many.binGet(0).emptyTuple().newObj().pop()
    expect(worst(many.text('x.pt').tuple1().reduce().stop().bytes())).toBe('high')
    const mapped = backend().import('builtins', 'map').binGet(0).text('x.pt').tuple1()
    expect(worst(mapped.tuple2().reduce().stop().bytes())).toBe('high')
    const rebuilt = backend().import('copyreg', '_reconstructor').binGet(0).binGet(0)
    expect(worst(rebuilt.text('x.pt').tuple3().reduce().stop().bytes())).toBe('high')
    const part = backend().import('builtins', 'iter').import('functools', 'partial').binGet(0)
    part.text('x.pt').tuple2().reduce().none().tuple2().reduce()
    expect(worst(part.stop().bytes())).toBe('high')
  })

  test('tensors that torch pickled by themselves are low at most', () => {
    const writer = pickle(4).import('torch.storage', '_load_from_bytes')
    const inner = Buffer.from('\x80\x02N.', 'latin1')
    expect(worst(writer.shortBinBytes(inner).tuple1().reduce().stop().bytes())).toBe('low')
  })

  test('no rule of a name speaks about what the allow-list holds', () => {
    // Wildcards and choices of the list are filled in with a name they match.
    const listed = (pack.lists['ml-allow'] ?? []).map((pattern) =>
      pattern
        .replaceAll(/\(([^|)]*)[^)]*\)/g, '$1')
        .replace('**.', '')
        .replace('**', 'x')
        .replace('*', 'x'),
    )
    const spoken = listed.flatMap((name) => {
      const at = name.lastIndexOf('.')
      const found = findings(callPickle(name.slice(0, at), name.slice(at + 1)))
      return found
        .filter(({ severity }) => severity !== 'low')
        .map(({ ruleId }) => `${name} ${ruleId}`)
    })
    expect(spoken).toEqual([])
  })

  test('every anomaly that the walk can note has a rule', () => {
    const covered = new Set(pack.rules.flatMap(({ match }: Rule) => match.names ?? []))
    const source = [
      'machine',
      'run',
      'lines',
      'perform',
      'state',
      'sizes',
      'loaded-bytes',
      'call-opcodes',
      'joblib',
      'parse',
      'pytorch-legacy',
    ]
      .map(
        (name) =>
          new URL(`../../../../electron/core/scan/child/pickle/${name}.ts`, import.meta.url),
      )
      .map((url) => readFileSync(url, 'utf8'))
      .join('\n')
    const noted = [...source.matchAll(/'((?:pickle|pytorch-legacy)\.[a-z-]+)'/g)].map(
      ([, name]) => name,
    )
    expect(noted.length).toBeGreaterThan(15)
    expect(noted.filter((name) => name !== undefined && !covered.has(name))).toEqual([])
  })
})

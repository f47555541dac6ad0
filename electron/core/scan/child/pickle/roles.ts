/**
 * Functions whose result is another name: following them shows what a pickle reaches. This says
 * nothing about good or bad, which is what the rules do.
 */
export type Role =
  | 'getattr' //       (object, 'name')              -> object.name
  | 'getitem' //       (object, 'name')              -> object['name']
  | 'own-item' //      object.get, called ('name')   -> object['name']
  | 'import-from' //   ('module', 'name')            -> module.name
  | 'import' //        ('module')                    -> the module
  | 'resolve-name' //  ('module:name')               -> module.name
  | 'attribute-of' //  ('name')(object)              -> object.name
  | 'item-of' //       ('name')(object)              -> object['name']
  | 'method-of' //     ('name', …)(object)           -> object.name(…)
  | 'partial' //       (callable, …)(…)              -> callable(…, …)
  | 'apply' //         (callable, …)                 -> calls its arguments sooner or later
  | 'numpy-dtype' //   ('f8', …)
  | 'array-wrapper' // joblib's placeholder for the array that follows
  | 'reconstructor' // (class, base, state)          -> an instance of the class
  | 'new-object' //    (class, …)                    -> class.__new__(class, …)
  | 'pickled-cython' // (class, checksum, state)     -> an instance of the class
  | 'keeps' //         (class, …)                    -> keeps the class, or makes an array of it
  | 'makes-class' //   ('name', bases, namespace)    -> a class
  | 'loads' //         (bytes)                       -> what a loader makes of them
  | 'bytes-io' //      an object that holds the bytes of its state
  | 'allocates' //     (n) or ((n, m))               -> that much memory
  | 'endless' //       (…)                           -> an iterator without an end
  | 'consumes' //      (iterable)                    -> everything in it

const NAMES: Record<Role, readonly string[]> = {
  getattr: [
    'builtins.getattr',
    '__builtin__.getattr',
    'builtins.object.__getattribute__',
    'builtins.type.__getattribute__',
    'inspect.getattr_static',
    'test.support.get_attribute',
    'xmlrpc.server.resolve_dotted_attribute',
  ],
  getitem: [
    'operator.getitem',
    '_operator.getitem',
    'builtins.dict.get',
    'builtins.dict.__getitem__',
    'builtins.dict.pop',
  ],
  'own-item': [], // by its ending, see below
  import: [
    'builtins.__import__',
    '__builtin__.__import__',
    'importlib.import_module',
    'importlib.__import__',
    'importlib._bootstrap._gcd_import',
    'importlib._bootstrap.__import__',
    'importlib.reload',
    'test.support.import_helper.import_module',
  ],
  'import-from': ['numpy.core._ufunc_reconstruct', 'numpy._core._ufunc_reconstruct'],
  'resolve-name': [
    'pkgutil.resolve_name',
    'logging.config._resolve',
    'logging.config.BaseConfigurator.resolve',
    'pydoc.locate',
    'unittest.mock._importer',
  ],
  'attribute-of': ['operator.attrgetter', '_operator.attrgetter'],
  'item-of': ['operator.itemgetter', '_operator.itemgetter'],
  'method-of': ['operator.methodcaller', '_operator.methodcaller'],
  partial: [
    'functools.partial',
    '_functools.partial',
    'functools.partialmethod',
    'types.MethodType',
  ],
  apply: [
    'operator.call',
    '_operator.call',
    'builtins.map',
    'builtins.filter',
    'builtins.sorted',
    'builtins.max',
    'builtins.min',
    'builtins.apply',
    '__builtin__.apply',
    'functools.reduce',
    '_functools.reduce',
    'itertools.starmap',
    'itertools.accumulate',
    'itertools.takewhile',
    'itertools.dropwhile',
    'itertools.groupby',
    'itertools.filterfalse',
    'itertools.imap',
    'threading.Thread',
    'threading.Timer',
    'threading._start_new_thread',
    'multiprocessing.Process',
    'multiprocessing.context.Process',
    '_thread.start_new_thread',
    '_thread.start_new',
    'atexit.register',
    'builtins.iter',
    'jax._src.array._reconstruct_array',
    'jax._src.device_array.reconstruct_device_array',
    'torch._tensor._rebuild_from_type',
    'torch._tensor._rebuild_from_type_v2',
    'weakref.finalize',
    'signal.signal',
    'code.interact',
    'timeit.timeit',
    'timeit.repeat',
    'contextvars.Context.run',
    'sys.settrace',
    'sys.setprofile',
    'sys.call_tracing',
    'sys.excepthook',
    'asyncio.run',
    'cProfile.Profile.runcall',
    'bdb.Bdb.runcall',
    'trace.Trace.runfunc',
  ],
  'numpy-dtype': ['numpy.dtype', 'numpy.core.multiarray.dtype', 'numpy._core.multiarray.dtype'],
  'array-wrapper': [
    'joblib.numpy_pickle.NumpyArrayWrapper',
    'sklearn.externals.joblib.numpy_pickle.NumpyArrayWrapper',
  ],
  reconstructor: ['copyreg._reconstructor', 'copy_reg._reconstructor'],
  'new-object': ['copyreg.__newobj__', 'copyreg.__newobj_ex__'],
  'pickled-cython': [], // by its name, see below
  keeps: [
    'numpy.core.multiarray._reconstruct',
    'numpy._core.multiarray._reconstruct',
    'collections.defaultdict',
    'attr._make.Factory',
  ],
  'makes-class': ['builtins.type', '__builtin__.type'],
  loads: [
    'torch.storage._load_from_bytes',
    'keras.src.saving.pickle_utils.deserialize_model_from_bytecode',
    'keras.saving.pickle_utils.deserialize_model_from_bytecode',
    'keras.src.saving.keras_saveable.KerasSaveable._unpickle_model',
    'keras.saving.keras_saveable.KerasSaveable._unpickle_model',
  ],
  'bytes-io': ['_io.BytesIO', 'io.BytesIO'],
  allocates: [
    'builtins.bytes',
    'builtins.bytearray',
    '__builtin__.bytearray',
    'numpy.zeros',
    'numpy.ones',
    'numpy.ndarray',
  ],
  endless: ['itertools.repeat', 'itertools.count', 'itertools.cycle', 'builtins.range'],
  consumes: [
    'builtins.list',
    'builtins.tuple',
    'builtins.set',
    'builtins.frozenset',
    'builtins.sum',
    'collections.deque',
    'collections.Counter',
    'array.array',
    'numpy.array',
  ],
}

/** Roles of functions that do not call a class or function they get, or that are followed. */
const MAKERS: ReadonlySet<Role | undefined> = new Set<Role>([
  'getattr',
  'getitem',
  'own-item',
  'attribute-of',
  'item-of',
  'method-of',
  'partial',
  'apply',
  'numpy-dtype',
  'array-wrapper',
  'reconstructor',
  'new-object',
  'pickled-cython',
  'keeps',
])

export const isInstanceMaker = (role: Role | undefined): boolean => MAKERS.has(role)

const ROLES: ReadonlyMap<string, Role> = new Map(
  (Object.entries(NAMES) as [Role, readonly string[]][]).flatMap(([role, names]) =>
    names.map((name) => [name, role] as const),
  ),
)

/** Dictionaries of names: an item of one is what the name means. */
const NAMESPACE = /(?:^sys\.modules|\.(?:__dict__|__globals__|__builtins__))$/
const ITEM_METHOD = /^(.*)\.(?:get|__getitem__|pop|setdefault)$/

export function roleOf(name: string): Role | undefined {
  const known = ROLES.get(name)
  if (known !== undefined) return known
  if (/(?:^|\.)__pyx_unpickle_\w+$/.test(name)) return 'pickled-cython'
  const owner = ITEM_METHOD.exec(name)?.[1]
  return owner !== undefined && NAMESPACE.test(owner) ? 'own-item' : undefined
}

/** Module and attribute that `owner[key]` is; undefined when `owner` is no namespace. */
export function itemOf(owner: string, key: string): readonly [string, string] | undefined {
  const container = owner.replace(/\.(?:get|__getitem__|pop|setdefault)$/, '')
  if (container === 'sys.modules') return [key, '']
  if (container.endsWith('.__builtins__')) return ['builtins', key]
  return NAMESPACE.test(container)
    ? [container.slice(0, container.lastIndexOf('.')), key]
    : undefined
}

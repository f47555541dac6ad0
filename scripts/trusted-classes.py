#!/usr/bin/env python3
"""Writes resources/rules/trusted-classes.json: classes that libraries of models define themselves.

    python3 scripts/trusted-classes.py FOLDER > resources/rules/trusted-classes.json

FOLDER holds one folder a source, named `<project>@<version>`, with the project's packages in it as
they lie in site-packages. The committed list was made from Debian 12 and 13 packages (numpy, scipy,
scikit-learn, pandas, statsmodels, torch, torchvision, …) and from the projects' own repositories;
its description names every version. Nothing is imported but, with --extensions, the compiled
modules of what is installed, whose classes no source in FOLDER shows.

What the list says: `sklearn.tree.**.(A|B)` is a class A or B that some module below sklearn.tree
defines. A name that any module there also imports from elsewhere, or binds in another way, is listed
with its full module instead: 'sklearn.datasets._lfw.Memory' is joblib's class and must not pass
because sklearn has a class of that name somewhere. So a re-export is never listed.

Not listed are classes in which loading an *instance* may act: a method that unpickling itself runs
(__setstate__, __new__, __del__, __setitem__, append, …) evaluates, opens, imports or fetches
something, here or in a base class. Those that models need all the same stand in JUDGED, with what
judges their state.
"""
import ast
import collections
import json
import os
import re
import sys

VERSION = "2026.11.1"

# Package, and how many segments of a module make a group. A set of names is only as good as its
# group is narrow, so large packages are split further and only the parts that models hold are read.
GROUPS = [
    ("sklearn", 2), ("scipy.interpolate", 2), ("scipy.optimize", 2), ("scipy.spatial", 2),
    ("scipy.stats", 2), ("scipy.sparse", 2), ("scipy.signal", 2), ("scipy.integrate", 2),
    ("numpy.polynomial", 2), ("numpy.random", 2), ("numpy.ma", 2),
    ("pandas.core", 2), ("pandas.tseries", 2), ("pandas._libs", 2), ("statsmodels", 2),
    ("torch.nn", 2), ("torch.optim", 2), ("torch.distributions", 2), ("torch.ao", 2),
    ("torch.quantization", 2), ("torch.utils.data.dataset", 4), ("torch.utils.data.sampler", 4),
    ("torch.utils.data.dataloader", 4), ("torch.distributed._shard", 3),
    ("torch.distributed.tensor", 3), ("torch.distributed._tensor", 3),
    ("torch.distributed.device_mesh", 3), ("torch.distributed.checkpoint", 3),
    ("torch.distributed.fsdp", 3), ("torch.amp", 2),
    ("torch.cuda.amp", 3), ("torchvision.models", 2), ("torchvision.ops", 2),
    ("torchvision.transforms", 2), ("torchvision.datasets", 2), ("torchtext.vocab", 2),
    ("xgboost", 1), ("lightgbm", 1), ("imblearn", 1), ("category_encoders", 1), ("hdbscan", 1),
    ("umap", 1), ("mlxtend", 1), ("ngboost", 1), ("hmmlearn", 1), ("lifelines", 1), ("prophet", 1),
    ("surprise", 1), ("sklearn_crfsuite", 1), ("stable_baselines3", 1), ("yacs", 1), ("flair.data", 2),
    ("flair.embeddings", 2), ("flair.models", 2), ("flair.nn", 2),
    ("mmengine.config", 2), ("mmengine.structures", 2), ("mmengine.model", 2), ("mmengine.logging", 2),
    ("nltk.tag", 2), ("nltk.tokenize", 2), ("nltk.probability", 2), ("nltk.classify", 2),
    ("nltk.tree", 2), ("nltk.stem", 2), ("gensim.models", 2), ("gensim.corpora", 2),
    ("gensim.similarities", 2), ("networkx.classes", 2), ("omegaconf", 1), ("patsy", 1),
    ("peft.tuners", 2), ("peft.utils", 2), ("timm.models", 2), ("timm.layers", 2), ("timm.data", 2),
    ("timm.utils", 2), ("timm.optim", 2), ("timm.scheduler", 2), ("torch_geometric.data", 2),
    ("torch_geometric.nn", 2), ("torchmetrics", 1), ("sentence_transformers", 1),
    ("diffusers.models.unets", 2), ("diffusers.models.autoencoders", 2),
    ("diffusers.models.attention", 2), ("diffusers.models.attention_processor", 2),
    ("diffusers.models.embeddings", 2), ("diffusers.models.normalization", 2),
    ("diffusers.models.resnet", 2), ("diffusers.models.downsampling", 2),
    ("diffusers.models.upsampling", 2), ("diffusers.models.activations", 2),
    ("diffusers.models.unet_2d_condition", 2), ("diffusers.schedulers", 2), ("diffusers.configuration_utils", 2),
    ("accelerate.state", 2), ("accelerate.utils.dataclasses", 3), ("datasets.features", 2),
    ("datasets.info", 2), ("datasets.splits", 2), ("datasets.arrow_dataset", 2),
    ("trl.trainer", 2), ("open_clip", 1), ("segmentation_models_pytorch", 1),
    ("monai.networks", 2), ("spacy.tokens", 2), ("flax", 1), ("optax", 1), ("chex", 1),
    ("haiku", 1), ("equinox", 1), ("fastcore.foundation", 2), ("fastcore.transform", 2),
    ("lightning.pytorch.callbacks", 3), ("lightning.pytorch.utilities", 3),
    ("lightning.pytorch.core", 3), ("lightning.fabric.utilities", 3), ("keras", 1), ("tf_keras", 1),
    ("dateutil.relativedelta", 2), ("dateutil.rrule", 2), ("dateutil.tz", 2),
    ("models.common", 2), ("models.yolo", 2), ("models.experimental", 2),
]

# Classes whose constructor takes data and does no more than keep it: rules let them be called with
# arguments as well.
VALUES = [
    ("numpy.dtypes", 2), ("numpy.random", 2), ("numpy.polynomial", 2), ("pandas.core.indexes", 3),
    ("pandas.core.arrays", 3), ("pandas.core.dtypes", 3), ("pandas.core.internals", 3),
    ("pandas._libs", 2), ("sklearn._loss", 2), ("sklearn.metrics._dist_metrics", 3),
    ("sklearn.neighbors._ball_tree", 3), ("sklearn.neighbors._kd_tree", 3),
    ("sklearn.neighbors._quad_tree", 3), ("sklearn.tree._criterion", 3),
    ("sklearn.tree._splitter", 3), ("sklearn.linear_model._sgd_fast", 3), ("sklearn.exceptions", 2),
    ("statsmodels.tsa.statespace._initialization", 4),
    ("statsmodels.tsa.statespace._representation", 4),
    ("statsmodels.tsa.statespace._kalman_filter", 4),
    ("statsmodels.tsa.statespace._kalman_smoother", 4),
    ("torch.distributed.checkpoint.metadata", 4), ("torch.amp.grad_scaler", 3),
]

# The same classes under the names they have had elsewhere.
ALIASES = {
    "lightning.pytorch": ["pytorch_lightning"],
    "lightning.fabric": ["lightning_fabric"],
}

SKIPPED = re.compile(
    r"(^|\.)(tests?|testing|_testing|conftest|setup|examples?|benchmarks?|cli|f2py|distutils|externals|"
    r"sandbox|grammar|legacy_tf_layers|integration_test|\w+_tests?|test_\w+)(\.|$)"
)

# What loading an instance runs, beyond the opcodes themselves.
LOADED = {
    "__setstate__", "__new__", "__del__", "__setattr__", "__getattr__", "__getattribute__",
    "__setitem__", "append", "extend", "add", "__hash__", "__eq__", "__reduce__", "__init_subclass__",
}
RISKY = {
    "exec", "eval", "compile", "__import__", "open", "import_module", "system", "popen", "Popen",
    "check_output", "check_call", "remove", "unlink", "rmtree", "rmdir", "rename", "replace_file",
    "connect", "urlopen", "urlretrieve", "request", "get_file", "load_library", "CDLL",
    "LoadLibrary", "load_model", "from_pretrained", "read_pickle", "loads", "load", "dmatrices",
    "dmatrix", "FileHandler", "SummaryWriter", "mkdir", "makedirs", "memmap", "fromfile", "unpickle",
    "load_state_dict_from_url", "getattr_static", "deserialize", "run", "run_path", "download",
}

# Risky by the letter, and judged: by their state (electron/core/scan/child/pickle/state.ts), or
# because what they load are the bytes of the file itself, as numbers.
JUDGED = {
    "rv_generic": "scipy.stats: state.ts compares _parse_arg_template with what scipy writes",
    "ModelData": "statsmodels: state.ts reads the formula",
    "Booster": "xgboost, lightgbm: a model of their own format in the state, no code",
}


def modules(root, package):
    top = os.path.join(root, *package.split("."))
    if os.path.isfile(top + ".py"):
        yield package, top + ".py"
    for folder, folders, files in os.walk(top):
        folders.sort()
        for file in sorted(files):
            stem, extension = os.path.splitext(file)
            if extension not in (".py", ".pyx"):
                continue
            parts = os.path.relpath(os.path.join(folder, stem), root).split(os.sep)
            if parts[-1] == "__init__":
                parts.pop()
            name = ".".join(parts)
            if not SKIPPED.search(name):
                yield name, os.path.join(folder, file)


class Module:
    """What one module defines, and which other names it binds, by where they come from."""

    def __init__(self):
        self.classes = {}  # name -> (bases, risky to load, risky to call)
        self.tuples = set()  # named tuples: their arguments are kept, whatever they are
        self.bound = collections.defaultdict(set)  # name -> modules; '' for what is made here
        self.stars = set()

    def define(self, name, bases=(), loading=False, calling=False):
        old = self.classes.get(name, ((), False, False))
        self.classes[name] = (old[0] + tuple(bases), old[1] or loading, old[2] or calling)


def name_of(node):
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", None)


def is_risky(body, methods):
    """Whether one of these methods calls something that acts."""
    for item in body:
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)) and item.name in methods:
            for node in ast.walk(item):
                if isinstance(node, ast.Call) and name_of(node.func) in RISKY:
                    return True
    return False


def absolute(module, is_package, level, written):
    """The module that `from <dots><written>` means, inside of `module`."""
    if level == 0:
        return written or ""
    parts = module.split(".")
    parts = parts[: len(parts) - level + (1 if is_package else 0)]
    return ".".join(parts + ([written] if written else []))


MAKERS = ("namedtuple", "NamedTuple", "_make_tuple_bunch")


def read_python(name, path):
    module = Module()
    is_package = path.endswith("__init__.py")
    try:
        tree = ast.parse(open(path, encoding="utf-8", errors="replace").read())
    except (SyntaxError, ValueError):
        return module

    def visit(body):
        for node in body:
            if isinstance(node, ast.ClassDef):
                bases = [base for base in map(name_of, node.bases) if base]
                module.define(node.name, bases, is_risky(node.body, LOADED),
                              is_risky(node.body, {"__init__"}))
                if "NamedTuple" in bases:
                    module.tuples.add(node.name)
            elif isinstance(node, ast.ImportFrom):
                source = absolute(name, is_package, node.level, node.module)
                for alias in node.names:
                    if alias.name == "*":
                        module.stars.add(source)
                    else:
                        module.bound[alias.asname or alias.name].add(source)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    module.bound[alias.asname or alias.name.split(".")[0]].add(alias.name)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                module.bound[node.name].add("")
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        # X = namedtuple('X', ...) is a class of this module.
                        value = node.value
                        if isinstance(value, ast.Call) and name_of(value.func) in MAKERS:
                            module.define(target.id)
                            module.tuples.add(target.id)
                        else:
                            module.bound[target.id].add("")
            if isinstance(node, (ast.If, ast.Try, ast.With)):
                for part in ("body", "orelse", "finalbody"):
                    visit(getattr(node, part, None) or [])
                for handler in getattr(node, "handlers", None) or []:
                    visit(handler.body)

    visit(tree.body)
    return module


def read_cython(name, path):
    """By lines: no parser of Cython is at hand, and its classes begin in the first column."""
    module = Module()
    text = open(path, encoding="utf-8", errors="replace").read()
    for match in re.finditer(r"^(?:cdef |cpdef )?class\s+(\w+)\s*(?:\(([^)]*)\))?", text, re.M):
        module.define(match[1], re.findall(r"(\w+)\s*(?:,|$)", match[2] or ""))
        module.define("__pyx_unpickle_" + match[1])
    for match in re.finditer(r"^from\s+(\S+)\s+c?import\s+(\([^)]*\)|[^\n#]+)", text, re.M):
        dots = len(match[1]) - len(match[1].lstrip("."))
        source = absolute(name, False, dots, match[1][dots:])
        for one in re.findall(r"\w+", match[2]):
            module.bound[one].add(source)
    for match in re.finditer(r"^c?import\s+(.+)$", text, re.M):
        for one in re.findall(r"\w+", match[1]):
            module.bound[one].add("?")
    return module


def read_extensions(packages):
    """Classes that compiled modules of installed packages say are theirs."""
    import importlib
    import pkgutil
    import warnings

    warnings.filterwarnings("ignore")
    found = {}
    for package in sorted({name.split(".")[0] for name in packages}):
        try:
            top = importlib.import_module(package)
        except Exception:
            continue
        for info in pkgutil.walk_packages(top.__path__, package + ".", onerror=lambda name: None):
            if SKIPPED.search(info.name) or not any(
                    info.name == one or info.name.startswith(one + ".") for one in packages):
                continue
            spec = info.module_finder.find_spec(info.name, None)
            if spec is None or not str(spec.origin).endswith(".so"):
                continue
            try:
                loaded = importlib.import_module(info.name)
            except Exception:
                continue
            module = Module()
            for name, value in vars(loaded).items():
                home = getattr(value, "__module__", None)
                if isinstance(value, type) and home == info.name and not name.startswith("__"):
                    module.define(name, [base.__name__ for base in value.__mro__[1:]])
                elif name.startswith("__pyx_unpickle_"):
                    module.define(name)
                elif isinstance(value, type):
                    module.bound[name].add(home or "?")
            found[info.name] = module
    return found


def renamed(module):
    """A module of tf_keras as it was called in Keras 2."""
    other = Module()
    other.classes = module.classes
    other.tuples = module.tuples
    own = lambda source: source[3:] if below(source, "tf_keras") else source
    for name, where in module.bound.items():
        other.bound[name] = {own(source) for source in where}
    other.stars = {own(source) for source in module.stars}
    return other


def collect(folder, extensions):
    """module -> what all versions of it define and bind; and the names of the sources."""
    wanted = [package for package, _ in GROUPS]
    found = collections.defaultdict(Module)
    sources = sorted(one for one in os.listdir(folder) if "@" in one)

    def merge(name, module):
        known = found[name]
        for cls, (bases, loading, calling) in module.classes.items():
            known.define(cls, bases, loading, calling)
        for one, where in module.bound.items():
            known.bound[one] |= where
        known.stars |= module.stars
        known.tuples |= module.tuples

    for source in sources:
        root = os.path.join(folder, source)
        for package in wanted:
            for name, path in modules(root, package):
                module = (read_cython if path.endswith(".pyx") else read_python)(name, path)
                merge(name, module)
                # Keras 2 was called keras, and tf_keras is that code.
                if name.startswith("tf_keras."):
                    merge(name[3:], renamed(module))
    if extensions:
        for name, module in read_extensions(wanted).items():
            merge(name, module)
    return found, sources


def risky_classes(found, place):
    """Names of classes that are risky themselves or through a base of that name."""
    every = [(cls, seen) for module in found.values() for cls, seen in module.classes.items()
             if cls not in JUDGED]
    risky = {cls for cls, seen in every if seen[place]}
    while True:
        more = {cls for cls, seen in every if cls not in risky and risky.intersection(seen[0])}
        if not more:
            return risky
        risky |= more


def below(name, package):
    return name == package or name.startswith(package + ".")


def is_elsewhere(cls, group, inside, found):
    """Whether a module of the group binds the name to something that the group does not define."""
    top = group.split(".")[0]
    return any(
        not below(source, top)
        for name in inside for source in found[name].bound.get(cls, ())
    )


def patterns_of(found, wanted, risky, only=lambda name, cls: True):
    groups = collections.defaultdict(lambda: collections.defaultdict(set))
    for package, depth in wanted:
        for name, module in found.items():
            for cls in module.classes if below(name, package) else ():
                if cls not in risky and only(name, cls):
                    groups[".".join(name.split(".")[:depth])][cls].add(name)
    patterns = []
    for group, classes in sorted(groups.items()):
        inside = [name for name in found if below(name, group)]
        # A star from another package may bring any name into the module.
        foreign = {name for name in inside
                   if any(not below(star, group.split(".")[0]) for star in found[name].stars)}
        own = set()
        single = collections.defaultdict(set)
        for cls, where in classes.items():
            if not foreign and not is_elsewhere(cls, group, inside, found):
                own.add(cls)
                continue
            for name in where:
                if cls not in found[name].bound:
                    single[name].add(cls)
        if own:
            patterns.append(f"{group}.**.({'|'.join(sorted(own))})")
        for name, names in single.items():
            patterns.append(f"{name}.({'|'.join(sorted(names))})")
    for old, news in ALIASES.items():
        patterns += [new + pattern[len(old):] for new in news for pattern in patterns
                     if pattern.startswith(old + ".")]
    return sorted(set(patterns))


def main():
    found, sources = collect(sys.argv[1], "--extensions" in sys.argv)
    loading = risky_classes(found, 1)
    calling = loading | risky_classes(found, 2)
    for name in sorted(loading):
        print("not listed, loading it may act:", name, file=sys.stderr)
    names = ", ".join(source.replace("@", " ") for source in sources)
    json.dump({
        "pack": "trusted-classes",
        "version": VERSION,
        "description": "Classes that libraries of models define themselves, and no re-exports. "
                       f"Written by scripts/trusted-classes.py from: {names}.",
        "lists": {
            "trusted-classes": patterns_of(found, GROUPS, loading),
            "trusted-values": sorted(set(
                patterns_of(found, VALUES, calling) +
                patterns_of(found, GROUPS, calling, lambda name, cls: cls in found[name].tuples)
            )),
        },
        "rules": [],
    }, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()

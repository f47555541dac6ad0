import { type Builtin, first } from './builtin'
import { joinPath } from './fold-operator'
import { taintsOfArguments } from './function'
import { environmentValue } from './origin'
import type { Node } from './tree'
import {
  HOLE,
  listValue,
  taintsOf,
  textOf,
  textValue,
  UNKNOWN,
  unknownWith,
  type Value,
} from './value'

/** Where modules are installed, wherever that is. */
const SITE = '/usr/lib/python3/site-packages'

const secretValue = (name: Value, node: Node): Value =>
  environmentValue(textOf(name) ?? 'SECRET_KEY', node)

/** Paths and the environment; the home folder is `~`. */
export const PATHS: readonly (readonly [string, Builtin])[] = [
  ['site.getsitepackages', () => listValue([textValue('str', SITE)])],
  ['site.getusersitepackages', () => textValue('str', SITE)],
  ['sysconfig.get_path', () => textValue('str', SITE)],
  ['distutils.sysconfig.get_python_lib', () => textValue('str', SITE)],
  ['os.path.join', (_, g) => joinPath(g.plain)],
  ['os.path.expanduser', (_, g) => first(g)],
  ['os.path.expandvars', (_, g) => first(g)],
  ['os.path.abspath', (_, g) => first(g)],
  ['os.path.realpath', (_, g) => first(g)],
  ['os.path.normpath', (_, g) => first(g)],
  [
    'os.path.dirname',
    (m, g, node) =>
      textOf(first(g)) === undefined
        ? unknownWith(taintsOf(first(g)))
        : m.attribute(first(g), 'parent', node),
  ],
  [
    'os.path.basename',
    (m, g, node) =>
      textOf(first(g)) === undefined
        ? unknownWith(taintsOf(first(g)))
        : m.attribute(first(g), 'name', node),
  ],
  ['os.fspath', (_, g) => first(g)],
  [
    'pathlib.Path',
    (_, g) =>
      g.plain.length === 0
        ? textValue('str', '.')
        : g.plain.some((one) => textOf(one) !== undefined)
          ? joinPath(g.plain)
          : textValue('partial', HOLE, taintsOfArguments(g)),
  ],
  ['pathlib.Path.home', () => textValue('str', '~')],
  ['pathlib.Path.cwd', () => textValue('str', '.')],
  [
    'os.getenv',
    (_, g, node) => environmentValue(first(g).kind === 'str' ? textOf(first(g)) : undefined, node),
  ],
  [
    'os.environ.get',
    (_, g, node) => environmentValue(first(g).kind === 'str' ? textOf(first(g)) : undefined, node),
  ],
  [
    'os.environ.pop',
    (_, g, node) => environmentValue(first(g).kind === 'str' ? textOf(first(g)) : undefined, node),
  ],
  [
    'os.environ.setdefault',
    (_, g, node) => environmentValue(first(g).kind === 'str' ? textOf(first(g)) : undefined, node),
  ],
  ['os.environ.update', () => UNKNOWN],
  // Stores that hold one named secret, as the environment does.
  ...[
    'boto3.client().get_session_token',
    'boto3.client().assume_role',
    'boto3.client().get_secret_value',
    'boto3.client().get_parameter',
    'azure.identity.DefaultAzureCredential().get_token',
    'azure.keyvault.secrets.SecretClient().get_secret',
    'google.cloud.secretmanager.SecretManagerServiceClient().access_secret_version',
    'netrc.netrc().authenticators',
  ].map((name): readonly [string, Builtin] => [
    name,
    (_, _g, node) => environmentValue('SECRET_KEY', node),
  ]),
  ...['google.colab.userdata.get', 'kaggle_secrets.UserSecretsClient().get_secret'].map(
    (name): readonly [string, Builtin] => [name, (_, g, node) => secretValue(first(g), node)],
  ),
  ...[
    'huggingface_hub.get_token',
    'huggingface_hub.HfFolder.get_token',
    'huggingface_hub.HfFolder().get_token',
    'huggingface_hub.utils.get_token',
  ].map((name): readonly [string, Builtin] => [
    name,
    (_, _g, node) => environmentValue('HF_TOKEN', node),
  ]),
]

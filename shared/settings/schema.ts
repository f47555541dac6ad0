import { z } from 'zod'

/**
 * Every setting, once. Flags, environment names, the settings file, `.env.template` and the
 * Settings page are derived from this list. Precedence: flag > environment > file > default.
 */
const int = (min: number, max: number, value: number) =>
  z.number().int().min(min).max(max).default(value)

export const SETTINGS = {
  'appearance.theme': {
    schema: z.enum(['system', 'light', 'dark']).default('system'),
    title: 'Theme',
    help: 'Follow the operating system, or always light or dark.',
    group: 'appearance',
  },
  'appearance.density': {
    schema: z.enum(['compact', 'normal', 'roomy']).default('normal'),
    title: 'Density',
    help: 'Height of table rows: 28, 32 or 40 pixels.',
    group: 'appearance',
  },
  'scan.hash': {
    schema: z.boolean().default(true),
    title: 'Hash every file',
    help: 'Full-file SHA-256 in every report. Off is faster on large files.',
    group: 'scan',
  },
  'scan.workers': {
    schema: int(1, 16, 1),
    title: 'Scan processes',
    help: 'Child processes that read files side by side; scans that run at once share them.',
    group: 'scan',
  },
  'scan.cache-megabytes': {
    schema: int(0, 65_536, 256),
    title: 'Cache of scanned files',
    help: 'MiB of disk for what is known of files that were read before; 0 reads every file again.',
    unit: 'MiB',
    group: 'scan',
  },
  'scan.file-seconds': {
    schema: int(1, 3600, 60),
    title: 'Time for one file',
    help: 'Seconds the parsers may take for one file; beyond it the file is inconclusive.',
    unit: 's',
    group: 'scan',
  },
  'scan.heap-megabytes': {
    schema: int(64, 8192, 512),
    title: 'Memory of a scan process',
    help: 'MiB of heap; a file that needs more is inconclusive.',
    unit: 'MiB',
    group: 'scan',
  },
  'scan.depth': {
    schema: int(0, 32, 8),
    title: 'Nesting depth',
    help: 'Containers inside containers that are opened.',
    group: 'scan',
  },
  'scan.ratio': {
    schema: int(2, 10_000, 200),
    title: 'Compression ratio',
    help: 'Unpacked over packed bytes beyond which a member counts as a bomb.',
    group: 'scan',
  },
  'scan.unpacked-megabytes': {
    schema: int(1, 4096, 128),
    title: 'Unpacked size of one member',
    help: 'MiB of a compressed member that are held in memory.',
    unit: 'MiB',
    group: 'scan',
  },
  'scan.members': {
    schema: int(10, 10_000_000, 100_000),
    title: 'Members of an archive',
    help: 'Members of one file, nested archives included.',
    group: 'scan',
  },
  'scan.memo-entries': {
    schema: int(1000, 100_000_000, 16_000_000),
    title: 'Pickle memo entries',
    help: 'Memo entries and stack items of one pickle.',
    group: 'scan',
  },
  'scan.facts': {
    schema: int(100, 1_000_000, 20_000),
    title: 'Facts kept per file',
    help: 'Imports, calls, members and tensors remembered for later rules.',
    group: 'scan',
  },
  'scan.files': {
    schema: int(1, 10_000_000, 200_000),
    title: 'Files of one scan',
    help: 'A folder with more files is scanned up to here, and the report says so.',
    group: 'scan',
  },
  'benchmark.memory-megabytes': {
    schema: int(256, 1_048_576, 4096),
    title: 'Memory of a measured model',
    help: 'MiB a benchmark process may hold; a model that needs more is ended and said to.',
    unit: 'MiB',
    group: 'benchmark',
  },
  'benchmark.launch-seconds': {
    schema: int(5, 86_400, 60),
    title: 'Time of one launch',
    help: 'Seconds that one benchmark process may take, where its profile allows less.',
    unit: 's',
    group: 'benchmark',
  },
  'benchmark.registry': {
    schema: z
      .url({ protocol: /^https?$/, error: 'not an address that starts with https://' })
      .default('https://registry.npmjs.org'),
    title: 'Registry of engines',
    help: 'Where packages of engines are downloaded from; each is checked by its pinned SHA-512.',
    group: 'benchmark',
  },
  'backend.connection': {
    schema: z.enum(['local', 'hosted']).default('local'),
    title: 'Backend',
    help: 'The local workspace of this computer, or a hosted Supabase project.',
    group: 'backend',
  },
  'backend.url': {
    schema: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
    title: 'Address of the project',
    help: 'https://….supabase.co; http only for this very computer.',
    group: 'backend',
  },
  'backend.key': {
    schema: z.string().max(2000).default(''),
    title: 'Publishable key',
    help: 'Public by nature. A secret key is refused.',
    group: 'backend',
  },
} as const satisfies Record<string, SettingDefinition>

export interface SettingDefinition {
  schema: z.ZodType
  title: string
  help: string
  group: 'appearance' | 'scan' | 'benchmark' | 'backend'
  unit?: string
}

export type SettingKey = keyof typeof SETTINGS
export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[]
export const SettingKey = z.enum(SETTING_KEYS as [SettingKey, ...SettingKey[]])

type Shape = { [K in SettingKey]: (typeof SETTINGS)[K]['schema'] }
export const SettingsValues = z.object(
  Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key].schema])) as Shape,
)
export type SettingsValues = z.infer<typeof SettingsValues>

/** Some of the settings. `SettingsValues.partial()` would put the defaults in for what is absent. */
export const SettingsPatch = z.object(
  Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key].schema.unwrap().optional()])),
) as unknown as z.ZodType<Partial<SettingsValues>>

/** 'scan.file-seconds' -> 'PROMETHEUS_SCAN_FILE_SECONDS'. */
export function environmentName(key: SettingKey): string {
  return `PROMETHEUS_${key.replace(/[.-]/g, '_').toUpperCase()}`
}

/** 'a whole number from 0 to 32': what a setting takes, for the sentence that refuses a value. */
export function acceptedBy(key: SettingKey): string {
  const schema = SETTINGS[key].schema.unwrap()
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.join(', ')}`
  if (schema instanceof z.ZodNumber)
    return `a whole number from ${schema.minValue} to ${schema.maxValue}`
  return schema instanceof z.ZodBoolean ? 'true or false' : 'text that fits its meaning'
}

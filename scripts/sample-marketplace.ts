// The sample marketplace of a local workspace, as the calls that make it. Nothing in it is true: the
// launches are made up, in the form that real ones have, so that the server computes its figures itself.
import { createHash } from 'node:crypto'
import { publishResult } from '@shared/benchmark/publication'
import { recomputeResult } from '@shared/benchmark/recompute'
import { scanSectionOf } from '@shared/model/scan-section'
import { launch, result } from '../test/fixtures/launches'
import { file, report } from '../test/fixtures/reports'

const hash = (text: string) => createHash('sha256').update(`sample: ${text}`).digest('hex')
const idOf = (name: string) => {
  const hex = hash(name)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const MIRA = 'mira@sample.local'
const NILS = 'nils@sample.local'
const TOVE = 'tove@sample.local'
const ODELL = 'odell@sample.local'
const person = (email: string, name: string, roles: string[] = ['seller']) => ({
  email,
  handle: name.toLowerCase().replaceAll(' ', '-'),
  displayName: name,
  roles,
})
const PEOPLE = [
  person(MIRA, 'Mira Sample'),
  person(NILS, 'Nils Sample'),
  person(TOVE, 'Tove Sample'),
  person(ODELL, 'Odell Sample', ['moderator']),
]

interface Call {
  as: string
  rpc: string
  args: Record<string, unknown>
}

interface Machine {
  model: string
  cores: number
  /** Time of a launch against that of the first machine. */
  factor: number
}
const MACHINES = {
  desktop: { model: 'Sample Desktop CPU', cores: 8, factor: 1 },
  server: { model: 'Sample Server CPU', cores: 32, factor: 0.62 },
  board: { model: 'Sample Board CPU', cores: 4, factor: 5.4 },
} satisfies Record<string, Machine>

interface Model {
  seller: string
  name: string
  summary: string
  category: string
  licence: string | null
  tags: string[]
  /** Minor units; each one is asked for after the one before. */
  prices: (number | null)[]
  version: string
  /** The version before it, which was slower. */
  before?: { version: string; p50: number }
  format: string
  bytes: number
  /** Nanoseconds of an inference on the desktop. */
  p50: number
  machines: (keyof typeof MACHINES)[]
  end: 'published' | 'draft' | 'withdrawn' | 'restricted'
}

const MODELS: Model[] = [
  {
    seller: MIRA,
    name: 'Harbour Sounds',
    summary: 'Ships, cranes and gulls told apart in two seconds of sound.',
    category: 'sound',
    licence: 'Apache-2.0',
    tags: ['audio', 'classification'],
    prices: [1900, 2400],
    version: '1.2.0',
    before: { version: '1.1.0', p50: 2_900_000 },
    format: 'onnx',
    bytes: 4_200_000,
    p50: 2_400_000,
    machines: ['desktop', 'server', 'board'],
    end: 'published',
  },
  {
    seller: TOVE,
    name: 'Voice Gate Small',
    summary: 'Says whether somebody speaks, twenty times a second.',
    category: 'sound',
    licence: 'MIT',
    tags: ['audio', 'detection'],
    prices: [900, 1200, 1000],
    version: '2.0.1',
    format: 'onnx',
    bytes: 1_100_000,
    p50: 900_000,
    machines: ['desktop', 'board'],
    end: 'published',
  },
  {
    seller: NILS,
    name: 'Engine Room Hum',
    summary: 'Hears a bearing that is about to go.',
    category: 'sound',
    licence: 'Apache-2.0',
    tags: ['audio', 'maintenance'],
    prices: [9900],
    version: '0.9.0',
    format: 'onnx',
    bytes: 18_000_000,
    p50: 5_100_000,
    machines: ['desktop', 'server'],
    end: 'published',
  },
  {
    seller: NILS,
    name: 'Leaf Vision',
    summary: 'Thirty-eight diseases of leaves in a picture.',
    category: 'pictures',
    licence: 'CC-BY-4.0',
    tags: ['vision', 'agriculture'],
    prices: [0],
    version: '1.0.0',
    format: 'onnx',
    bytes: 22_000_000,
    p50: 14_000_000,
    machines: ['desktop', 'server'],
    end: 'published',
  },
  {
    seller: TOVE,
    name: 'Receipt Lines',
    summary: 'Shop, date and sum out of a photographed receipt.',
    category: 'documents',
    licence: 'MIT',
    tags: ['documents'],
    prices: [4900],
    version: '1.0.0',
    format: 'onnx',
    bytes: 31_000_000,
    p50: 41_000_000,
    machines: ['server'],
    end: 'restricted',
  },
  {
    seller: NILS,
    name: 'Old Tag Suggester',
    summary: 'Suggests tags; its successor is better at it.',
    category: 'language',
    licence: 'MIT',
    tags: ['language'],
    prices: [500],
    version: '1.0.0',
    format: 'onnx',
    bytes: 9_000_000,
    p50: 6_000_000,
    machines: ['desktop'],
    end: 'withdrawn',
  },
  {
    seller: MIRA,
    name: 'Tide Table Guess',
    summary: 'Water level of the next twelve hours. Not finished.',
    category: 'tables',
    licence: null,
    tags: [],
    prices: [null],
    version: '0.1.0',
    format: 'onnx',
    bytes: 90_000,
    p50: 100_000,
    machines: [],
    end: 'draft',
  },
]

const DESCRIPTION = `This listing is a sample: neither the model nor its numbers exist.

A real description says what the model was trained on, what it is good at, and where it fails.`

function callsOf(model: Model): Call[] {
  const { seller: as, name } = model
  const listing = idOf(name)
  const cards = model.prices.map((amount, at) => ({
    as,
    rpc: 'save_listing',
    args: {
      p_id: listing,
      p_revision: at === 0 ? 0 : { $revision: listing },
      p_card: {
        name,
        summary: model.summary,
        description: DESCRIPTION,
        category: model.category,
        licence: model.licence,
        tags: model.tags,
        price: amount === null ? null : { amount, currency: 'EUR', unit: 'once' },
      },
    },
  }))
  const versions = model.before ? [{ ...model, ...model.before }, model] : [model]
  return [
    ...cards,
    ...versions.flatMap((version) => versionOf(version, listing)),
    ...endOf(model, listing),
  ]
}

/** One version, from its files to its publication. */
function versionOf(model: Model, listing: string): Call[] {
  const { seller: as, name, version } = model
  const versionId = idOf(`${name} ${version}`)
  const path = `${name.toLowerCase().replaceAll(' ', '-')}.onnx`
  const files = [
    { path, sha256: hash(`${name} ${version} bytes`), bytes: model.bytes },
    { path: 'labels.txt', sha256: hash(`${name} labels`), bytes: 412 },
    { path: `changes-${version}.md`, sha256: hash(`${name} ${version} changes`), bytes: 1270 },
  ]
  const added = {
    as,
    rpc: 'add_version',
    args: {
      p_id: versionId,
      p_listing_id: listing,
      p_version: {
        number: version,
        files,
        format: model.format,
        source: { kind: 'none' },
        notes: 'Made for the sample marketplace.',
        unmeasured: null,
      },
    },
  }
  if (model.end === 'draft') return [added]
  const scanned = files.map(({ path, ...about }) =>
    file(path, [], { format: path.endsWith('.onnx') ? 'onnx' : 'text', ...about }),
  )
  const section = scanSectionOf(report(scanned), hash(`${name} facts`))
  return [
    added,
    {
      as,
      rpc: 'submit_report',
      args: {
        p_id: idOf(`${name} ${version} report`),
        p_version_id: versionId,
        p_scan: { ...section, scannedAt: { $days: 3 } },
        p_envelope: null,
      },
    },
    ...model.machines.map((machine) => resultOf(model, machine, files.slice(0, 1), versionId)),
    {
      as,
      rpc: 'publish_version',
      args: { p_version_id: versionId, p_revision: { $revision: listing } },
    },
  ]
}

function resultOf(
  { seller: as, name, version, before, category, p50 }: Model,
  machine: keyof typeof MACHINES,
  files: { path: string; sha256: string; bytes: number }[],
  versionId: string,
): Call {
  const { model, cores, factor } = MACHINES[machine]
  const seed = Number.parseInt(hash(`${name} ${version} ${machine}`).slice(0, 6), 16)
  // With five launches each, nothing is shown between two versions on three machines (Holm).
  const launches = Array.from({ length: before ? 8 : 5 }, (_, index) =>
    launch(Math.round(p50 * factor * (1 + (((seed >> (index * 3)) & 7) - 3.5) / 250)), {
      index,
      block: index,
    }),
  )
  const made = result(launches, {
    suite: { id: `sample-${category}`, version: '1.0.0', sha256: hash(`suite ${category}`) },
    model: { format: 'onnx', files },
    engine: {
      name: 'onnxruntime-node',
      version: '1.30.0',
      librarySha256: hash('engine'),
      threads: 1,
    },
  })
  const { environment } = made.environment
  environment.cpu = { ...environment.cpu, model, physicalCores: cores, logicalCores: cores * 2 }
  const { document } = publishResult(recomputeResult(made))
  const published = (document as unknown as { result: Record<string, unknown> }).result
  const dated = (published.launches as Record<string, unknown>[]).map((one) => ({
    ...one,
    startedAt: { $days: 2 },
  }))
  return {
    as,
    rpc: 'submit_result',
    args: {
      p_id: idOf(`${name} ${version} on ${machine}`),
      p_version_id: versionId,
      p_result: { ...published, startedAt: { $days: 2 }, launches: dated },
      p_envelope: null,
    },
  }
}

function endOf({ seller, end, name }: Model, listing: string): Call[] {
  if (end === 'withdrawn')
    return [
      {
        as: seller,
        rpc: 'withdraw_listing',
        args: { p_listing_id: listing, p_version_id: null, p_reason: 'Replaced by a better one.' },
      },
    ]
  if (end === 'restricted')
    return [
      {
        as: ODELL,
        rpc: 'restrict_listing',
        args: {
          p_listing_id: listing,
          p_restriction: { policy: 'personal-data', until: null },
          p_reason: 'Its example pictures show receipts of real people.',
        },
      },
      {
        as: seller,
        rpc: 'appeal_listing',
        args: {
          p_id: idOf(`${name} appeal`),
          p_listing_id: listing,
          p_statement:
            'The receipts were made for the examples; names and numbers on them are invented.',
        },
      },
    ]
  return []
}

/** What others make of the results: one is repeated, one is doubted. */
const DOUBTS: Call[] = [
  {
    as: ODELL,
    rpc: 'attest_evidence',
    args: {
      p_subject: 'result',
      p_id: idOf('Voice Gate Small 2.0.1 on desktop'),
      p_level: 'reproduced',
      p_reason: 'Measured again on a desktop of the same class.',
    },
  },
  {
    as: TOVE,
    rpc: 'dispute_result',
    args: {
      p_id: idOf('Engine Room Hum dispute'),
      p_result_id: idOf('Engine Room Hum 0.9.0 on server'),
      p_reason: 'Five launches within a per mille of each other: no server is that quiet.',
    },
  },
]

/** Text of resources/supabase/local/sample.json: a call a line. */
export function sampleMarketplace(): string {
  const lines = (values: readonly unknown[]) =>
    values.map((value) => `    ${JSON.stringify(value)}`).join(',\n')
  const calls = [...MODELS.flatMap(callsOf), ...DOUBTS]
  return `{\n  "people": [\n${lines(PEOPLE)}\n  ],\n  "calls": [\n${lines(calls)}\n  ]\n}\n`
}

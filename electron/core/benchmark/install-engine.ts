import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { parseTar } from 'nanotar'
import { type EnginePackage, engineInstallName } from './engine-packages'

/** Unpacked, the largest package has 27 MiB; a file that grows beyond this is not one of them. */
const MOST_UNPACKED = 256 * 1024 ** 2
/** Packed file, unpacked archive and files are on disk or in memory at once. */
const ROOM = 6

export type InstallProblem = 'offline' | 'wrong-file' | 'disk'

/** Says what happened and what to do; nothing has been changed when it is thrown. */
export class EngineInstallError extends Error {
  override readonly name = 'EngineInstallError'
  readonly problem: InstallProblem

  constructor(problem: InstallProblem, sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.problem = problem
  }
}

export interface InstallEngineOptions {
  package: EnginePackage
  dataFolder: string
  /** A copy of the file that somebody brought along; without it the registry is asked. */
  from?: string
  signal?: AbortSignal
  /** Bytes that have arrived. */
  onProgress?(bytes: number): void
}

/**
 * Fetches the one file of the package, checks it before a byte of it is used, and unpacks it into the
 * data folder: all of it, or nothing. Returns the folder. A folder that is there already is kept.
 */
export async function installEngine(options: InstallEngineOptions): Promise<string> {
  const target = join(options.dataFolder, 'engines', engineInstallName(options.package))
  if (await exists(target)) return target
  await checkRoom(options)
  const packed = options.from === undefined ? await download(options) : await readCopy(options.from)
  checkIntegrity(packed, options)
  const files = await unpack(packed, options.package)
  const partial = `${target}.${randomUUID()}`
  try {
    await mkdir(partial, { recursive: true, mode: 0o700 })
    for (const [name, bytes] of files) await writeFile(join(partial, name), bytes, { mode: 0o600 })
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    // Somebody else was faster with the same bytes.
    if (await exists(target)) return target
    throw new EngineInstallError(
      'disk',
      `${target} cannot be written: ${(error as Error).message}. Free some space or choose another data folder.`,
      error,
    )
  }
  return target
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  )
}

async function checkRoom({ dataFolder, package: { bytes, name } }: InstallEngineOptions) {
  await mkdir(join(dataFolder, 'engines'), { recursive: true, mode: 0o700 })
  const disk = await statfs(dataFolder)
  const free = disk.bavail * disk.bsize
  if (free < ROOM * bytes)
    throw new EngineInstallError(
      'disk',
      `${name} needs ${megabytes(ROOM * bytes)} in ${dataFolder}, and ${megabytes(free)} are free.`,
    )
}

async function download(options: InstallEngineOptions): Promise<Buffer> {
  const { url, bytes, name } = options.package
  const parts: Uint8Array[] = []
  let arrived = 0
  try {
    const response = await fetch(
      url,
      options.signal === undefined ? {} : { signal: options.signal },
    )
    if (!response.ok) throw new Error(`the server answered ${response.status}`)
    for await (const part of response.body ?? []) {
      arrived += part.length
      // A longer file is another file: there is no need to hear its end.
      if (arrived > bytes) break
      parts.push(part)
      options.onProgress?.(arrived)
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    const cause = (error as Error).cause
    const why = cause instanceof Error ? cause.message : (error as Error).message
    throw new EngineInstallError(
      'offline',
      `${name} (${megabytes(bytes)}) could not be fetched from ${new URL(url).host}: ${why}. Without a connection, fetch ${url} on another computer and give the file with --from.`,
      error,
    )
  }
  return Buffer.concat(parts)
}

async function readCopy(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size > MOST_UNPACKED) throw new Error('it is far too large')
    return await readFile(path)
  } catch (error) {
    throw new EngineInstallError(
      'wrong-file',
      `${path} cannot be used: ${(error as Error).message}.`,
      error,
    )
  }
}

function checkIntegrity(packed: Buffer, { package: wanted, from }: InstallEngineOptions): void {
  const expected = Buffer.from(wanted.integrity.replace(/^sha512-/, ''), 'base64')
  const actual = createHash('sha512').update(packed).digest()
  if (expected.length === actual.length && timingSafeEqual(expected, actual)) return
  throw new EngineInstallError(
    'wrong-file',
    `${from ?? wanted.url} is not ${basename(wanted.url)} of ${wanted.name}: its SHA-512 differs from the pinned one. Nothing was installed. Fetch it again; if it stays so, do not use that source.`,
  )
}

/** Files of the wanted folder by plain name. Only files: no link, no folder, no name with a path in it. */
async function unpack(packed: Buffer, { folder }: EnginePackage): Promise<Map<string, Uint8Array>> {
  const archive = await promisify(gunzip)(packed, { maxOutputLength: MOST_UNPACKED })
  const wanted = (name: string) => name === 'package/LICENSE' || name.startsWith(folder)
  // A copy, because parseTar overlooks where in its memory a Buffer begins.
  const members = parseTar(new Uint8Array(archive), {
    filter: ({ name, type }) => type === 'file' && wanted(name),
  })
  return new Map(
    members.flatMap(({ name, data }) => {
      const plain = name.slice(name === 'package/LICENSE' ? 'package/'.length : folder.length)
      return data === undefined || plain !== basename(plain) ? [] : [[plain, data] as const]
    }),
  )
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

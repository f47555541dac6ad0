import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ObjectStore, PutObject } from '../../../electron/core/listings/objects'
import { createFolderObjects } from '../../../electron/core/listings/objects/folder'
import { createTusObjects } from '../../../electron/core/listings/objects/tus'
import { FileChangedError } from '../../../electron/core/listings/objects/verified-file'

const CHUNK = 64 * 1024
const BYTES = 5 * 1024 * 1024 + 3

let folder: string
let content: Buffer
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'objects-'))
  content = randomBytes(BYTES)
  writeFileSync(join(folder, 'model.bin'), content)
})
afterEach(() => rmSync(folder, { recursive: true }))

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** What a caller keeps between two attempts. */
function request(more: Partial<PutObject> = {}): PutObject & { token: string | null } {
  const made = {
    versionId: '6f1d5a3e-6f0e-4c0e-9a53-2f6b8f4f7c11',
    file: {
      path: 'model.bin',
      place: join(folder, 'model.bin'),
      sha256: sha256(content),
      bytes: BYTES,
    },
    signal: new AbortController().signal,
    resume: null,
    token: null as string | null,
    async onResumable(token: string) {
      made.token = token
    },
    onProgress() {},
    ...more,
  }
  return made
}

/** A server of tus.io 1.0.0 as far as Storage is one, in memory. */
function tusServer() {
  const uploads = new Map<string, { length: number; bytes: Buffer; object: string }>()
  const objects = new Map<string, Buffer>()
  const log: string[] = []
  let breakAfter = Number.POSITIVE_INFINITY
  const server: Server = createServer((incoming, outgoing) => {
    const answer = (status: number, headers: Record<string, string> = {}, body = '') => {
      outgoing.writeHead(status, { 'Tus-Resumable': '1.0.0', ...headers })
      outgoing.end(body)
    }
    const url = incoming.url ?? ''
    const upload = uploads.get(url)
    log.push(`${incoming.method} ${incoming.headers['upload-offset'] ?? ''}`.trim())
    if (incoming.headers.authorization !== 'Bearer token') return answer(401)
    if (incoming.method === 'POST') {
      const metadata = String(incoming.headers['upload-metadata'])
      const object = Buffer.from(/objectName (\S+?)(?:,|$)/.exec(metadata)?.[1] ?? '', 'base64')
      if (objects.has(String(object))) return answer(409, {}, 'The resource already exists')
      const place = `/files/${uploads.size}`
      uploads.set(place, {
        length: Number(incoming.headers['upload-length']),
        bytes: Buffer.alloc(0),
        object: String(object),
      })
      return answer(201, { Location: place })
    }
    if (upload === undefined) return answer(404)
    if (incoming.method === 'HEAD')
      return answer(200, {
        'Upload-Offset': String(upload.bytes.length),
        'Upload-Length': String(upload.length),
      })
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      if (upload.bytes.length >= breakAfter) return incoming.socket.destroy()
      upload.bytes = Buffer.concat([upload.bytes, ...parts])
      if (upload.bytes.length === upload.length) objects.set(upload.object, upload.bytes)
      return answer(204, { 'Upload-Offset': String(upload.bytes.length) })
    })
  })
  return {
    objects,
    log,
    breakAfter: (bytes: number) => {
      breakAfter = bytes
    },
    async listen(): Promise<ObjectStore> {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      return createTusObjects({
        endpoint: `http://127.0.0.1:${port}/files`,
        bucket: 'models',
        headers: async () => ({ authorization: 'Bearer token' }),
        chunkBytes: 1024 * 1024,
        retryDelaysMs: [1],
      })
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

describe('the content-addressed folder', () => {
  const place = () => join(folder, 'objects', sha256(content))
  test('has a file under its hash when all of it is there', async () => {
    const store = createFolderObjects(join(folder, 'objects'))
    await store.put(request())
    expect(readFileSync(place()).equals(content)).toBe(true)
  })
  test('goes on with what an earlier attempt left, and not with what that was not', async () => {
    const store = createFolderObjects(join(folder, 'objects'))
    const abort = new AbortController()
    const stopped = store.put(
      request({ signal: abort.signal, onProgress: () => abort.abort() }),
    )
    await expect(stopped).rejects.toThrow()
    writeFileSync(`${place()}.part`, Buffer.alloc(CHUNK))
    await store.put(request())
    expect(readFileSync(place()).equals(content)).toBe(true)
  })
  test('never has a file that changed since it was scanned', async () => {
    const store = createFolderObjects(join(folder, 'objects'))
    const asked = request()
    writeFileSync(asked.file.place, randomBytes(BYTES))
    await expect(store.put(asked)).rejects.toBeInstanceOf(FileChangedError)
    expect(() => readFileSync(place())).toThrow()
  })
})

describe('the bucket', () => {
  test('gets a file in chunks, and goes on after the line broke', async () => {
    const server = tusServer()
    const store = await server.listen()
    server.breakAfter(2 * 1024 * 1024)
    const first = request()
    await expect(store.put(first)).rejects.toThrow('does not answer')
    server.breakAfter(Number.POSITIVE_INFINITY)
    const sent = server.log.length
    await store.put(request({ resume: first.token }))
    const [object] = server.objects
    expect(object?.[0]).toBe(`${first.versionId}/${sha256(content)}`)
    expect(object?.[1].equals(content)).toBe(true)
    // It asked how far it was, and began there.
    expect(server.log.slice(sent, sent + 2)).toEqual(['HEAD', `PATCH ${2 * 1024 * 1024}`])
    await store.put(request())
    await server.close()
  })
  test('never gets the last bytes of a file that changed', async () => {
    const server = tusServer()
    const store = await server.listen()
    const asked = request()
    const changed = Buffer.from(content)
    changed[7] = (changed[7] ?? 0) ^ 1
    writeFileSync(asked.file.place, changed)
    await expect(store.put(asked)).rejects.toBeInstanceOf(FileChangedError)
    expect(server.objects.size).toBe(0)
    await server.close()
  })
  test('does not go on with what was sent of other bytes', async () => {
    const server = tusServer()
    const store = await server.listen()
    const changed = Buffer.from(content)
    changed[7] = (changed[7] ?? 0) ^ 1
    const first = request()
    writeFileSync(first.file.place, changed)
    await expect(store.put(first)).rejects.toBeInstanceOf(FileChangedError)
    writeFileSync(first.file.place, content)
    await store.put(request({ resume: first.token }))
    expect([...server.objects.values()].map((bytes) => bytes.equals(content))).toEqual([true])
    await server.close()
  })
})

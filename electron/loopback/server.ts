import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Console } from '../core/console'
import { SECURITY_HEADERS } from '../core/page/security-headers'
import { resolvePageFile } from '../core/page/static-files'
import { router } from '../core/router'
import { UploadError } from '../core/scan/uploads'
import { createTokenGuard } from './token'

/** Largest RPC message a page may send: a passport has up to 8 MiB (shared/model/dsse.ts). */
const MOST_MESSAGE_BYTES = 10 * 1024 * 1024

/**
 * Node ends a request whose body takes longer than five minutes; a large model on a slow disk does.
 * Headers come before any lock is open and have to be quick.
 */
const TIMEOUTS = { requestTimeout: 0, headersTimeout: 60_000 }

export interface LoopbackServer {
  origin: string
  /** The link that lets a browser in; the token is in the fragment, which no server ever sees. */
  url: string
  close(): Promise<void>
}

export interface LoopbackOptions {
  console: Console
  token: string
  /** Built page: out/renderer. */
  pageFolder: string
  /** 0 lets the system choose. */
  port: number
}

/**
 * The console over HTTP and WebSocket on 127.0.0.1. Three locks guard every call: the Host header
 * must be our own address (DNS rebinding), the Origin must be our own page (a hostile web site), and
 * the token must be this run's. No cookies, no CORS: this is the console's CSRF protection.
 * Rejects with the system's error when the port cannot be had.
 */
export async function serveLoopback(options: LoopbackOptions): Promise<LoopbackServer> {
  const guard = createTokenGuard(options.token, () => options.console.platform.monotonic())
  const rpc = new RPCHandler(router)
  const context = { console: options.console }
  let origin = ''

  const server = createServer(TIMEOUTS, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      options.console.platform.log('error', `${request.method} ${request.url}: ${String(error)}`)
      if (!response.headersSent) response.writeHead(500, SECURITY_HEADERS)
      response.end()
    })
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnHost(request)) return refuse(response, 421, 'This address serves one console only.')
    const path = pathOf(request)
    if (request.method === 'GET' || request.method === 'HEAD')
      return sendPage(request, response, path)
    // Browsers send Origin with every POST and PUT; a request without one is not from a page.
    if (request.headers.origin !== origin)
      return refuse(response, 403, 'Only the console’s own page may call it.')
    const checked = guard.check(bearer(request))
    if (checked !== 'ok') return refuseToken(response, checked.retryAfter)
    if (request.method === 'POST' && path === '/session')
      return void response.writeHead(204, SECURITY_HEADERS).end()
    const upload = /^\/upload\/([0-9a-f-]{36})\/(\d{1,5})$/.exec(path)
    if (request.method === 'PUT' && upload !== null)
      return receiveUpload(request, response, upload[1] ?? '', Number(upload[2]))
    refuse(response, 404, `There is nothing at this address. The console is at ${origin}/`)
  }

  function sendPage(request: IncomingMessage, response: ServerResponse, path: string): void {
    const file = resolvePageFile(options.pageFolder, path)
    if (file === undefined) {
      refuse(response, 404, `There is nothing at this address. The console is at ${origin}/`)
      return
    }
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': file.type,
      // Names below /assets/ carry a hash of their content.
      'cache-control': path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
    })
    if (request.method === 'HEAD') response.end()
    // A page that goes away in the middle must not leave the file open.
    else pipeline(createReadStream(file.path), response, () => {})
  }

  async function receiveUpload(
    request: IncomingMessage,
    response: ServerResponse,
    uploadId: string,
    index: number,
  ): Promise<void> {
    try {
      await options.console.uploads.receive(uploadId, index, request)
      response.writeHead(204, SECURITY_HEADERS).end()
    } catch (error) {
      if (error instanceof UploadError) return refuse(response, error.status, error.message)
      // The browser went away in the middle: nobody is left to answer.
      if (!request.complete) return void response.destroy()
      throw error
    }
  }

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_MESSAGE_BYTES,
    handleProtocols: (protocols) => (protocols.has('orpc') ? 'orpc' : false),
  })
  server.on('upgrade', (request, socket, head) => {
    // Whoever is refused may be gone before the answer: nobody else listens to this socket.
    socket.on('error', () => socket.destroy())
    const protocols = (request.headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .map((name) => name.trim())
    const token = protocols.find((name) => name.startsWith('token.'))?.slice('token.'.length) ?? ''
    const allowed =
      pathOf(request) === '/rpc' && isOwnHost(request) && request.headers.origin === origin
    if (!allowed || guard.check(token) !== 'ok') {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      // Too large a message, or a broken frame: ws closes the connection by itself.
      webSocket.on('error', (error) => options.console.platform.log('error', error.message))
      void rpc.upgrade(webSocket, { context })
    })
  })

  /** A target such as `//` is no URL: nothing is there. */
  function pathOf(request: IncomingMessage): string {
    return URL.parse(request.url ?? '/', origin)?.pathname ?? ''
  }

  function isOwnHost(request: IncomingMessage): boolean {
    return `http://${request.headers.host}` === origin
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    origin,
    url: `${origin}/#token=${options.token}`,
    async close() {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function bearer(request: IncomingMessage): string {
  return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
  })
  response.end(`${sentence}\n`)
}

function refuseToken(response: ServerResponse, retryAfter: number): void {
  if (retryAfter > 0) response.setHeader('retry-after', String(retryAfter))
  refuse(
    response,
    retryAfter > 0 ? 429 : 401,
    'This link is not valid any more. Open the one that the console printed when it started.',
  )
}

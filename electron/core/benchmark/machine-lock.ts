import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * One benchmark at a time on a machine, whatever console, data folder or command line it comes from.
 * The lock is a listening socket, so the kernel frees it the moment its holder dies.
 */
export interface MachineLock {
  /** Resolves with a function that frees it; waits while another program measures. Rejects when aborted. */
  take(signal: AbortSignal, waiting?: () => void): Promise<() => void>
  /** Whether some program, this one included, measures now. */
  isHeld(): Promise<boolean>
}

const RETRY_MS = 200

export function createMachineLock(address = lockAddress()): MachineLock {
  return {
    async take(signal, waiting) {
      for (let tries = 0; ; tries++) {
        signal.throwIfAborted()
        const server = await listen(address)
        if (server !== undefined) {
          if (signal.aborted) await close(server)
          signal.throwIfAborted()
          return () => void close(server)
        }
        if (tries === 0) waiting?.()
        await sleep(RETRY_MS, undefined, { signal })
      }
    },
    async isHeld() {
      const server = await listen(address)
      if (server === undefined) return true
      await close(server)
      return false
    },
  }
}

/**
 * Linux: an abstract socket, which needs no file and dies with its holder. Windows: a named pipe.
 * macOS has neither, so a port of the loopback address does the same: bound by one process, freed by
 * the kernel, answering nothing. (A socket file would stay behind after a crash.)
 */
export function lockAddress(): string | { port: number; host: string } {
  if (process.platform === 'win32') return '\\\\.\\pipe\\prometheus-console-benchmark'
  if (process.platform === 'linux') return '\0prometheus-console-benchmark'
  return { port: MAC_PORT, host: '127.0.0.1' }
}

/** In the range nobody registers (RFC 6335, section 6). */
const MAC_PORT = 61_947

/** Undefined where somebody else listens. */
function listen(address: ReturnType<typeof lockAddress>): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy())
  // Held without keeping a process alive that has nothing else to do.
  server.unref()
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(undefined) : reject(error),
    )
    const bound = () => resolve(server)
    if (typeof address === 'string') server.listen(address, bound)
    else server.listen(address, bound)
  })
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()))

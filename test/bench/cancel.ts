import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import { WebSocket } from 'ws'
import { startConsole, stopConsole } from '../e2e/fixtures/console'

/** Milliseconds from the call of `jobs.cancel` to its answer, as a page sees it, and workers left. */
export async function measureCancel(
  times: number,
): Promise<{ milliseconds: number[]; left: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-cancel-'))
  const running = await startConsole(folder)
  mkdirSync(running.root, { recursive: true })
  // Sparse: a large file that costs no disk and keeps a child busy with its hash.
  const path = join(running.root, 'large.bin')
  const file = openSync(path, 'w')
  ftruncateSync(file, 40 * 1024 ** 3)
  closeSync(file)
  const protocols = ['orpc', `token.${running.token}`]
  const socket = new WebSocket(`${running.origin.replace('http', 'ws')}/rpc`, protocols, {
    origin: running.origin,
  })
  const client: ContractRouterClient<Contract> = createORPCClient(
    new RPCLink({ websocket: socket as never }),
  )
  const milliseconds: number[] = []
  for (let i = 0; i < times; i++) {
    const { jobId } = await client.scan.start({ target: { kind: 'paths', paths: [path] } })
    for await (const event of await client.scan.watch({ jobId }))
      if (event.type === 'progress' && event.job.bytesDone > 0) break
    const started = performance.now()
    await client.jobs.cancel({ jobId })
    milliseconds.push(performance.now() - started)
  }
  const { stdout } = spawnSync('ps', ['--ppid', String(running.process.pid), '-o', 'pid='], {
    encoding: 'utf8',
  })
  socket.close()
  await stopConsole(running)
  rmSync(folder, { recursive: true, force: true })
  return { milliseconds, left: stdout.split('\n').filter((line) => line.trim() !== '').length }
}

import { RPCHandler } from '@orpc/server/message-port'
import { ipcMain } from 'electron'
import type { Console } from '../core/console'
import { router } from '../core/router'
import { isFromOurPage, type OurPage } from './our-page'

/**
 * The page's side of 'rpc:connect' carries one MessagePort; calls go over it from then on. When the
 * page goes, its port closes, and with it every stream that was open.
 */
export function acceptPorts(console: Console, page: OurPage): void {
  const handler = new RPCHandler(router)
  ipcMain.on('rpc:connect', (event) => {
    const [port, ...more] = event.ports
    if (port === undefined || more.length > 0 || !isFromOurPage(page, event)) {
      for (const refused of event.ports) refused.close()
      return
    }
    handler.upgrade(port, { context: { console } })
    port.start()
  })
}

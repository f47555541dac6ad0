import { readFile } from 'node:fs/promises'
import { protocol, type Session } from 'electron'
import { SECURITY_HEADERS } from '../core/page/security-headers'
import { resolvePageFile } from '../core/page/static-files'
import { APP_HOST, APP_SCHEME } from './our-page'

/** Must run before Electron is ready: gives app:// an origin, and the rights of https. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** Serves the built page. The files are read here: nothing in the page may use file://. */
export function serveAppScheme(session: Session, pageFolder: string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url)
    if (url.host !== APP_HOST) return refuse(404)
    if (request.method !== 'GET') return refuse(405)
    const file = resolvePageFile(pageFolder, url.pathname)
    if (file === undefined) return refuse(404)
    return new Response(await readFile(file.path), {
      headers: { ...SECURITY_HEADERS, 'content-type': file.type },
    })
  })
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS })
}

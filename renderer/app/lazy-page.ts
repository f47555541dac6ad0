import { lazyRouteComponent } from '@tanstack/react-router'
import { HostUnreachable } from './connection'

/**
 * A page in a chunk of its own. Where the chunk does not come, the router reloads the document,
 * which is right after an update and wrong while the host is away: the browser's error page would
 * replace this one, with the banner that says what to do. Then it is an error of the page, to retry.
 */
export function lazyPage<Module extends Record<string, unknown>>(
  load: () => Promise<Module>,
  name: keyof Module & string,
) {
  const loadOrSay = async () => {
    try {
      return await load()
    } catch (error) {
      throw (await hostAnswers()) ? error : new HostUnreachable(`${name} could not be fetched`)
    }
  }
  return lazyRouteComponent(loadOrSay, name)
}

const hostAnswers = () =>
  fetch('./', { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  )

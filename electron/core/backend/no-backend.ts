import { type Backend, BackendError } from './backend'

/** Of a console that is connected to nothing yet. */
export const NO_BACKEND: Backend = {
  read: () => notConnected(),
  write: () => notConnected(),
}

async function notConnected(): Promise<never> {
  throw new BackendError(
    'unreachable',
    'This console is not connected to a marketplace. Choose one under Connection.',
  )
}

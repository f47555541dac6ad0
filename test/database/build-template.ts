import { pgliteTemplate } from '../fixtures/database/pglite'

/** Once, before the workers want it at the same time. */
export default async function setup() {
  await pgliteTemplate()
}

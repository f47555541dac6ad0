import { appendFileSync, copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createTwin, type Twin } from '../../../electron/core/backend/twin'
import { shippedTemplate } from '../../../electron/core/backend/twin/shipped-template'
import { clientOf } from '../../fixtures/conformance/target'
import { type TwinHome, twinHome } from '../../fixtures/conformance/twin-target'

// The template that the build has made, with the migrations and the sample it was made of.
const homes: TwinHome[] = []
const twins: Twin[] = []
afterEach(async () => {
  for (const twin of twins.splice(0)) await twin.stop()
  for (const home of homes.splice(0)) home.remove()
})

function home(): TwinHome {
  const made = twinHome(false)
  homes.push(made)
  return made
}

/** As `home` has it, elsewhere, so that a test may damage it. */
function copyOf({ platform, folder }: TwinHome) {
  const shipped = platform.shippedTemplate()
  if (shipped === undefined) throw new Error('The build has made no template.')
  const file = join(folder, 'template.tar.gz')
  copyFileSync(shipped.file, file)
  return { ...shipped, file }
}

describe('the template that is shipped', () => {
  it('is taken where it is of these migrations and as it was built', () => {
    const { platform, log } = home()
    expect(shippedTemplate(platform)).toBe(platform.shippedTemplate()?.file)
    expect(log).toEqual([])
  })

  it('is left where a migration was changed, without a word', () => {
    const { platform, log } = home()
    writeFileSync(
      join(platform.paths.resources, 'supabase/migrations/29991231235959_more.sql'),
      'select 1;',
    )
    expect(shippedTemplate(platform)).toBeUndefined()
    expect(log).toEqual([])
  })

  it('is left where it is damaged, and the log says so', () => {
    const made = home()
    const copy = copyOf(made)
    appendFileSync(copy.file, 'x')
    expect(shippedTemplate({ ...made.platform, shippedTemplate: () => copy })).toBeUndefined()
    expect(made.log).toEqual([expect.stringContaining(copy.file)])
  })

  it('is left where its file is gone', () => {
    const made = home()
    const gone = { ...copyOf(made), file: join(made.folder, 'none.tar.gz') }
    expect(shippedTemplate({ ...made.platform, shippedTemplate: () => gone })).toBeUndefined()
    expect(made.log).toHaveLength(1)
  })

  it('gives each folder secrets of its own, another epoch, and the sample as if made now', async () => {
    const facts = async () => {
      const twin = createTwin(home().platform)
      twins.push(twin)
      await twin.start()
      const client = clientOf({ url: twin.url, key: twin.publishableKey, fetch: twin.fetch })
      const { data } = await client.rpc('server_info')
      return { serviceKey: twin.serviceKey(), info: data as { feedEpoch: string; sample: boolean } }
    }
    const [one, two] = [await facts(), await facts()]
    expect(one.info.sample).toBe(true)
    expect(one.serviceKey).not.toBe(two.serviceKey)
    expect(one.info.feedEpoch).not.toBe(two.info.feedEpoch)
  })
})

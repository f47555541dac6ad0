import { client } from '../app/rpc'

/** Versions, settings that differ from their default and the doctor's findings: no file names. */
export async function collectDiagnostics(): Promise<string> {
  const [info, doctor, settings] = await Promise.all([
    client.app.info(),
    client.app.doctor(),
    client.settings.get(),
  ])
  const changed = Object.entries(settings.sources).filter(([, source]) => source !== 'default')
  return JSON.stringify(
    {
      version: info.version,
      host: info.host,
      runtime: info.runtime,
      platform: info.platform,
      rulesVersion: info.rulesVersion,
      browser: navigator.userAgent,
      settings: Object.fromEntries(
        changed.map(([key, source]) => [
          key,
          { value: settings.values[key as keyof typeof settings.values], source },
        ]),
      ),
      doctor: {
        grade: doctor.grade,
        checks: doctor.checks.map(({ id, result }) => ({ id, result })),
      },
    },
    null,
    2,
  )
}

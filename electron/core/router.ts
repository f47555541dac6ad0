import { ORPCError } from '@orpc/server'
import { compareReports } from '@shared/scan-report/compare'
import { version } from '../../package.json'
import { activityRouter } from './activity/router'
import { settingsEntry } from './activity/settings-entry'
import { api, apiOfReports } from './api'
import { examine, gradeChecks } from './app/doctor'
import { overviewOf } from './app/overview'
import { accountRouter } from './backend/router'
import { benchmarkRouter } from './benchmark/router'
import { dispositionsRouter } from './dispositions/router'
import { browse } from './files'
import { limitsRouter } from './limits/router'
import { listingsRouter } from './listings/router'
import { modelRouter } from './model/router'
import { peopleRouter } from './people/router'
import { policiesRouter } from './policies/router'
import { rulesRouter } from './rules/router'
import { ScanStartError } from './scan'
import { exportReport } from './scan/export'
import { securityOverview } from './scan/security-overview'
import { NoSpaceError } from './scan/uploads'
import { SettingError, SettingFixedError } from './settings'
import { viewsRouter } from './views/router'

export const router = api
  // An error nobody declared: the page gets an id to quote, the log gets the stack.
  .use(async ({ next, context, path, signal }) => {
    try {
      return await next()
    } catch (error) {
      // What the page gave up has nobody to tell, and is nobody's fault.
      if (error instanceof ORPCError || signal?.aborted) throw error
      const id = context.console.platform.randomId().slice(0, 8)
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      context.console.platform.log('error', `${path.join('.')} [${id}] ${text}`)
      throw new ORPCError('INTERNAL_SERVER_ERROR', {
        message: `Something unexpected happened (error ${id}).`,
        data: { errorId: id },
      })
    }
  })
  .router({
    account: accountRouter,
    activity: activityRouter,
    benchmark: benchmarkRouter,
    dispositions: dispositionsRouter,
    listings: listingsRouter,
    limits: limitsRouter,
    model: modelRouter,
    people: peopleRouter,
    policies: policiesRouter,
    views: viewsRouter,

    app: {
      info: api.app.info.handler(({ context: { console } }) => ({
        host: console.platform.host,
        version,
        runtime: {
          node: process.versions.node,
          sqlite: (console.db.prepare('SELECT sqlite_version() AS v').get() as { v: string }).v,
          electron: process.versions.electron ?? null,
        },
        platform: `${process.platform}-${process.arch}`,
        dataFolder: console.platform.paths.data,
        rulesVersion: console.rules().version,
        roots: console.grants.roots(),
        dialogs: console.platform.chooseFiles !== undefined,
      })),
      doctor: api.app.doctor.handler(async ({ context: { console } }) => {
        const checks = await examine(console.platform, console.db)
        return { grade: gradeChecks(checks), checks }
      }),
      overview: api.app.overview.handler(({ context: { console } }) =>
        overviewOf(console.db, console.platform.now()),
      ),
    },

    files: {
      browse: api.files.browse.handler(({ input, context: { console }, errors }) => {
        try {
          const listing = browse(console.grants, input.path)
          if (listing === undefined)
            throw errors.PATH_NOT_GRANTED({ data: { path: input.path ?? '' } })
          return listing
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException
          const path = input.path ?? ''
          if (code === 'ENOENT' || code === 'ENOTDIR')
            throw errors.PATH_NOT_FOUND({ data: { path } })
          if (code === 'EACCES' || code === 'EPERM')
            throw errors.PATH_UNREADABLE({ data: { path, reason: code } })
          throw error
        }
      }),
      choose: api.files.choose.handler(async ({ input, context: { console }, errors }) => {
        if (console.platform.chooseFiles === undefined)
          throw errors.NO_DIALOG({ data: { host: console.platform.host } })
        const paths = await console.platform.chooseFiles(input.kind)
        for (const path of paths) console.grants.grant(path)
        return { paths }
      }),
    },

    jobs: {
      list: api.jobs.list.handler(({ context: { console } }) => console.jobs.list()),
      watch: api.jobs.watch.handler(({ context: { console }, signal }) =>
        console.jobs.watch(signal),
      ),
      cancel: api.jobs.cancel.handler(async ({ input, context: { console }, errors }) => {
        if (console.jobs.find(input.jobId) === undefined)
          throw errors.JOB_NOT_FOUND({ data: { jobId: input.jobId } })
        return { cancelled: await console.jobs.cancel(input.jobId) }
      }),
      pause: api.jobs.pause.handler(async ({ input, context: { console }, errors }) => {
        if (console.jobs.find(input.jobId) === undefined)
          throw errors.JOB_NOT_FOUND({ data: { jobId: input.jobId } })
        return { paused: await console.jobs.pause(input.jobId) }
      }),
      resume: api.jobs.resume.handler(({ input, context: { console }, errors }) => {
        if (console.jobs.find(input.jobId) === undefined)
          throw errors.JOB_NOT_FOUND({ data: { jobId: input.jobId } })
        if (console.jobs.find(input.jobId, 'version') !== undefined)
          return { resumed: console.jobs.resume(input.jobId) }
        if (console.jobs.find(input.jobId, 'benchmark') !== undefined)
          return { resumed: console.benchmark.service.resume(input.jobId) }
        try {
          return { resumed: console.scan.resume(input.jobId) }
        } catch (error) {
          if (!(error instanceof ScanStartError)) throw error
          throw errors.TOO_MANY_SCANS({ data: error.data as never })
        }
      }),
    },

    rules: rulesRouter,

    scan: {
      start: api.scan.start.handler(({ input, context: { console }, errors }) => {
        try {
          return { jobId: console.scan.start(input).job.id }
        } catch (error) {
          if (error instanceof ScanStartError)
            throw errors[error.code]({ data: error.data as never })
          throw error
        }
      }),
      // Plain functions that validate first: an async generator would raise its error only when read.
      watch: api.scan.watch.handler(({ input, context: { console }, signal, errors }) => {
        const events = console.scan.watch(input.jobId, signal)
        if (events === undefined) throw errors.JOB_NOT_FOUND({ data: { jobId: input.jobId } })
        return events
      }),
      history: api.scan.history.handler(({ input, context: { console } }) =>
        console.reports.history(input),
      ),
      report: apiOfReports.scan.report.handler(async ({ input, context: { console }, errors }) => {
        const found = await console.reports.find(input.reportId)
        if (found === undefined)
          throw errors.REPORT_NOT_FOUND({ data: { reportId: input.reportId } })
        return found
      }),
      export: api.scan.export.handler(async ({ input, context: { console }, errors }) => {
        const found = await console.reports.find(input.reportId)
        if (found === undefined)
          throw errors.REPORT_NOT_FOUND({ data: { reportId: input.reportId } })
        const exported = exportReport(found.report, input.format, console.rules(), version)
        await console.activity.note({
          operationId: console.platform.randomId(),
          kind: 'report.exported',
          subject: found.row.id,
          summary: `Exported the report of ${found.row.name} as ${input.format}`,
          body: { format: input.format, fileName: exported.fileName },
        })
        return exported
      }),
      compare: apiOfReports.scan.compare.handler(
        async ({ input, context: { console }, errors }) => {
          const missing = (reportId: string) => errors.REPORT_NOT_FOUND({ data: { reportId } })
          const row = console.reports.row(input.reportId)
          if (row === undefined) throw missing(input.reportId)
          const baselineId = input.baselineId ?? console.reports.before(row)?.id
          if (baselineId === undefined) throw errors.NO_EARLIER_SCAN({ data: { reportId: row.id } })
          const baseline = await console.reports.find(baselineId)
          if (baseline === undefined) throw missing(baselineId)
          const current = await console.reports.find(row.id)
          if (current === undefined) throw missing(row.id)
          return {
            current: current.row,
            baseline: baseline.row,
            comparison: compareReports(baseline.report, current.report),
          }
        },
      ),
      security: api.scan.security.handler(({ input, context: { console } }) => {
        const titles = new Map(console.rules().rules.map((rule) => [rule.id, rule]))
        return securityOverview(console.db, titles, console.platform.now(), input.days)
      }),
      cache: api.scan.cache.handler(({ context: { console } }) => console.cache.state()),
      clearCache: api.scan.clearCache.handler(async ({ context: { console } }) => {
        await console.cache.clear()
        await console.activity.note({
          operationId: console.platform.randomId(),
          kind: 'cache.cleared',
          subject: 'cache',
          summary: 'Cleared the cache of scanned files',
        })
        return console.cache.state()
      }),
      remove: api.scan.remove.handler(async ({ input, context: { console }, errors }) => {
        if (!(await console.reports.remove(input.reportId, console.platform.randomId())))
          throw errors.REPORT_NOT_FOUND({ data: { reportId: input.reportId } })
        return { removed: true as const }
      }),
      beginUpload: api.scan.beginUpload.handler(({ input, context: { console }, errors }) => {
        try {
          return { uploadId: console.uploads.begin(input.files, input.notes) }
        } catch (error) {
          if (error instanceof NoSpaceError)
            throw errors.NO_SPACE({ data: { needed: error.needed, free: error.free } })
          throw error
        }
      }),
      watchUpload: api.scan.watchUpload.handler(
        ({ input, context: { console }, signal, errors }) => {
          if (console.uploads.find(input.uploadId) === undefined)
            throw errors.UPLOAD_NOT_FOUND({ data: { uploadId: input.uploadId } })
          return console.uploads.watch(input.uploadId, signal)
        },
      ),
      cancelUpload: api.scan.cancelUpload.handler(({ input, context: { console } }) => ({
        cancelled: console.uploads.remove(input.uploadId),
      })),
    },

    settings: {
      get: api.settings.get.handler(({ context: { console } }) => console.settings.get()),
      update: api.settings.update.handler(async ({ input, context: { console }, errors }) => {
        const before = console.settings.values()
        try {
          console.settings.update(input)
        } catch (error) {
          if (error instanceof SettingFixedError)
            throw errors.SETTING_FIXED({ data: { key: error.key, source: error.source } })
          if (error instanceof SettingError) throw error
          const { file } = console.settings.get()
          throw errors.SETTINGS_UNWRITABLE({ data: { file, reason: (error as Error).message } })
        }
        const after = console.settings.values()
        const entry = settingsEntry(console.platform.randomId(), before, after)
        if (entry !== undefined) await console.activity.note(entry)
        return console.settings.get()
      }),
    },
  })

export type AppRouter = typeof router

import { oc } from '@orpc/contract'
import { z } from 'zod'

export const AppInfo = z.object({
  host: z.enum(['electron', 'loopback', 'command-line']),
  version: z.string(),
  runtime: z.object({ node: z.string(), sqlite: z.string(), electron: z.string().nullable() }),
  platform: z.string(),
  dataFolder: z.string(),
  rulesVersion: z.string(),
  /** Folders of this disk that the page may browse. */
  roots: z.array(z.string()),
  /** Whether `files.choose` opens a dialog of the operating system. */
  dialogs: z.boolean(),
})
export type AppInfo = z.infer<typeof AppInfo>

export const DoctorCheck = z.object({
  id: z.string(),
  title: z.string(),
  result: z.enum(['ok', 'warning', 'failed', 'skipped']),
  detail: z.string(),
  /** What to do; null when there is nothing to do. */
  fix: z.string().nullable(),
})
export type DoctorCheck = z.infer<typeof DoctorCheck>

export const Overview = z.object({
  /** Totals over the stored reports. */
  scans: z.number().int(),
  filesScanned: z.number().int(),
  bytesScanned: z.number(),
  openCritical: z.number().int(),
  openHigh: z.number().int(),
  /** Last 30 days, oldest first, one point a day with at least one scan or not. */
  days: z.array(
    z.object({
      day: z.iso.date(),
      scans: z.number().int(),
      malicious: z.number().int(),
      suspicious: z.number().int(),
      medianMs: z.number().nullable(),
    }),
  ),
})
export type Overview = z.infer<typeof Overview>

export const appContract = {
  info: oc.output(AppInfo),
  doctor: oc.output(
    z.object({ grade: z.enum(['A', 'B', 'C', 'D', 'F']), checks: z.array(DoctorCheck) }),
  ),
  overview: oc.output(Overview),
}

import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Platform } from '../../platform'
import { MESSAGES } from './messages'
import { shippedContents } from './schema-files'

/**
 * The template that came with the console, sample marketplace included, where it is of these resources
 * and as it was built. Whoever changed a migration gets one that is made here, which takes longer.
 */
export function shippedTemplate(platform: Platform): string | undefined {
  const shipped = platform.shippedTemplate()
  if (shipped === undefined || shipped.contents !== shippedContents(platform.paths.resources))
    return undefined
  if (digestOf(shipped.file) === shipped.sha256) return shipped.file
  platform.log('error', MESSAGES.templateDamaged(shipped.file))
  return undefined
}

function digestOf(file: string): string | undefined {
  try {
    return hash('sha256', readFileSync(file))
  } catch {
    return undefined
  }
}

import { z } from 'zod'

/**
 * How far a number can be believed, weakest first: nobody is believed about themselves. It is shown
 * wherever a number is.
 */
export const EVIDENCE = ['self-reported', 'signed', 'reproduced', 'audited'] as const
export const Evidence = z.enum(EVIDENCE)
export type Evidence = z.infer<typeof Evidence>

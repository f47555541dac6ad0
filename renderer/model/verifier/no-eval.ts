import { z } from 'zod'

// Imported first: zod looks for eval when a schema is made, which the page's policy reports.
z.config({ jitless: true })

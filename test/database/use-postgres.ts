import { inject } from 'vitest'

// Each worker opens its databases on the server of the run.
process.env.DATABASE_URL = inject('databaseUrl')

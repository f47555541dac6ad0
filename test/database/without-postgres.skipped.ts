import { test } from 'vitest'

test.skip('PostgreSQL is not installed here: the tests of the database ran on PGlite only')

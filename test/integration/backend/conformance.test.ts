import { authConformance } from '../../fixtures/conformance/auth'
import { restConformance } from '../../fixtures/conformance/rest'
import { twinTarget } from '../../fixtures/conformance/twin-target'

// The same over HTTP, on PGlite and on PostgreSQL: test/database/responder.test.ts.
restConformance('the twin', twinTarget)
authConformance('the twin', twinTarget)

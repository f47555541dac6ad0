import { authConformance } from '../fixtures/conformance/auth'
import { httpTarget } from '../fixtures/conformance/http-target'
import { restConformance } from '../fixtures/conformance/rest'

// On PGlite and, where there is one, on PostgreSQL: the responder is right about both.
restConformance('HTTP', httpTarget)
authConformance('HTTP', httpTarget)

import { describe, test } from 'vitest'
import { authConformance } from '../../fixtures/conformance/auth'
import { projectTarget } from '../../fixtures/conformance/project-target'
import { restConformance } from '../../fixtures/conformance/rest'

// What the twin is held to, held against a hosted project: the recorded answers are the same.
const project = projectTarget()
if (project === null)
  describe('a hosted project', () => {
    test.skip('is asked where SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY name one')
  })
else {
  restConformance('a hosted project', project)
  authConformance('a hosted project', project)
}

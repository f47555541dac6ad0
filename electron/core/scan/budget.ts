import type { Fact } from '@shared/scan-report/fact'
import type { Finding, IgnoredFinding } from '@shared/scan-report/report'

/**
 * What one report holds. A pickle of 100 kB can make 6,000 findings of 1 kB; without a bound a
 * folder of eighty would end beyond V8's longest string (512 MiB), and there would be no report.
 */
const MOST_CHARACTERS = 32 * 1024 * 1024
/** On top, for the worst finding of each file. */
const RESERVED_CHARACTERS = 32 * 1024 * 1024
/** Facts are stored as rows, but wait in memory for the end of the scan: about 0.5 kB each. */
const MOST_FACTS = 1_000_000

export function createBudget() {
  let characters = MOST_CHARACTERS + RESERVED_CHARACTERS
  let factsLeft = MOST_FACTS
  let findingsCut = 0
  let factsCut = 0

  return {
    /** The findings that are kept; `worstFirst` is how they come. */
    findings(worstFirst: Finding[]): Finding[] {
      let kept = 0
      for (const finding of worstFirst) {
        const left = characters - (kept === 0 ? 0 : RESERVED_CHARACTERS)
        const size = left > 0 ? JSON.stringify(finding).length : 0
        if (size >= left) break
        characters -= size
        kept++
      }
      findingsCut += worstFirst.length - kept
      return kept === worstFirst.length ? worstFirst : worstFirst.slice(0, kept)
    },
    /** Findings set aside by the policy are worth less than any that counts. */
    ignored(all: IgnoredFinding[]): IgnoredFinding[] {
      const kept = all.filter((one) => {
        const size = JSON.stringify(one).length
        if (size >= characters - RESERVED_CHARACTERS) return false
        characters -= size
        return true
      })
      findingsCut += all.length - kept.length
      return kept
    },
    /** All facts of a file, or none: half of them would answer a later rule wrongly. */
    facts(all: readonly Fact[]): readonly Fact[] {
      if (all.length > factsLeft) {
        factsCut += all.length
        return []
      }
      factsLeft -= all.length
      return all
    },
    /** Sentences for the report about what is not in it. */
    notes(): string[] {
      const number = new Intl.NumberFormat('en')
      return [
        ...(findingsCut === 0
          ? []
          : [
              `${number.format(findingsCut)} findings did not fit into this report; verdicts count them, and the worst of each file come first.`,
            ]),
        ...(factsCut === 0
          ? []
          : [`${number.format(factsCut)} facts were not kept; later rules need a new scan.`]),
      ]
    },
  }
}

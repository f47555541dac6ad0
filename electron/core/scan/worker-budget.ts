/** How many children each running scan may use, so that all of them keep within one number. */
export interface WorkerBudget {
  /** Counts from now on; `changed` is called when another scan comes or goes. */
  join(changed: () => void): WorkerShare
  /**
   * Lets no scan begin another file until the returned function is called: a benchmark measures.
   * What is being read is read to its end at the lowest priority.
   */
  hold(): () => void
}

export interface WorkerShare {
  /** At least 1, also where there are more scans than processes; 0 while scans are held back. */
  size(): number
  leave(): void
}

/** Shares `total` processes fairly; what cannot be divided goes to the scans that came first. */
export function createWorkerBudget(total: () => number): WorkerBudget {
  const members: { changed: () => void }[] = []
  let holds = 0
  const tellOthers = (own?: { changed: () => void }) => {
    for (const member of members) if (member !== own) member.changed()
  }
  return {
    hold() {
      holds++
      tellOthers()
      let held = true
      return () => {
        if (held) holds--
        held = false
        tellOthers()
      }
    },
    join(changed) {
      const own = { changed }
      members.push(own)
      tellOthers(own)
      return {
        size() {
          if (holds > 0) return 0
          const place = members.indexOf(own)
          const each = Math.floor(total() / members.length)
          return Math.max(1, each + (place < total() % members.length ? 1 : 0))
        },
        leave() {
          const place = members.indexOf(own)
          if (place !== -1) members.splice(place, 1)
          tellOthers(own)
        },
      }
    },
  }
}

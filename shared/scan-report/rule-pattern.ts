/** A rule id, or a prefix that ends in '.*'. */
export const RULE_PATTERN = /^[a-z0-9-]+(\.[a-z0-9-]+)*(\.\*)?$/

/** 'pickle.*' covers every rule below pickle; without a star it is that rule alone. */
export function coversRule(pattern: string, ruleId: string): boolean {
  return pattern.endsWith('.*') ? ruleId.startsWith(pattern.slice(0, -1)) : pattern === ruleId
}

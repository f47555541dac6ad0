/** Says which project is meant, not who calls: it opens what anybody may do. Hosted ones look alike. */
export const PUBLISHABLE_KEY = 'sb_publishable_local_twin'

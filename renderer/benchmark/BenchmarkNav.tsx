import { Link } from '@tanstack/react-router'
import { text } from './messages'

const PAGES = [
  { to: '/benchmarks', label: text.results },
  { to: '/benchmarks/run', label: text.run },
  { to: '/benchmarks/leaderboard', label: text.leaderboard },
  { to: '/benchmarks/engines', label: text.engines },
] as const

/** The pages of benchmarks, side by side below the heading. */
export function BenchmarkNav() {
  return (
    <nav aria-label={text.pages} className="-mt-2 flex shrink-0 gap-1 border-line border-b">
      {PAGES.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          search={{}}
          activeOptions={{ exact: true, includeSearch: false }}
          className="-mb-px inline-flex h-9 items-center border-transparent border-b-2 px-2.5 text-muted whitespace-nowrap hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-text"
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}

import { Link, type LinkProps } from '@tanstack/react-router'
import {
  BadgeCheck,
  BookOpen,
  Gauge,
  History,
  House,
  type LucideIcon,
  PanelLeftClose,
  PanelLeftOpen,
  ScanSearch,
  ScrollText,
  Settings,
  ShieldCheck,
  Store,
  Timer,
  Trophy,
  Users,
} from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { cx } from '../../ui/cx'
import { useAccount } from '../account'
import { text } from '../messages'
import { toggleSidebar, useSidebarCollapsed } from './layout'

interface Group {
  label: string
  pages: readonly {
    to: NonNullable<LinkProps['to']>
    icon: LucideIcon
    label: string
    exact: boolean
  }[]
}

/** What this computer holds, what the marketplace shares, and the console itself. */
const GROUPS: readonly Group[] = [
  {
    label: text.groups.console,
    pages: [
      { to: '/', icon: House, label: text.pages.overview, exact: true },
      { to: '/scan', icon: ScanSearch, label: text.pages.scan, exact: false },
      { to: '/history', icon: History, label: text.pages.history, exact: false },
      { to: '/benchmarks', icon: Gauge, label: text.pages.benchmarks, exact: false },
      { to: '/security', icon: ShieldCheck, label: text.pages.security, exact: false },
      { to: '/passports', icon: BadgeCheck, label: text.pages.passports, exact: false },
    ],
  },
  {
    label: text.groups.market,
    pages: [
      { to: '/listings', icon: Store, label: text.pages.listings, exact: false },
      { to: '/leaderboards', icon: Trophy, label: text.pages.leaderboards, exact: false },
    ],
  },
  {
    label: text.groups.system,
    pages: [
      { to: '/rules', icon: BookOpen, label: text.pages.rules, exact: false },
      { to: '/activity', icon: ScrollText, label: text.pages.activity, exact: false },
      { to: '/settings', icon: Settings, label: text.pages.settings, exact: false },
    ],
  },
]

/** Pages of staff. Whoever may not use them is told which role it takes: no link is ever dead. */
const ADMINISTRATION: Group = {
  label: text.groups.administration,
  pages: [
    { to: '/people', icon: Users, label: text.pages.people, exact: false },
    { to: '/limits', icon: Timer, label: text.pages.limits, exact: false },
  ],
}

/** Staff work there every day; for everybody else it comes last. */
function useGroups(): readonly Group[] {
  const staff = useAccount()?.me?.permissions.includes('people.read') ?? false
  return staff
    ? [...GROUPS.slice(0, -1), ADMINISTRATION, ...GROUPS.slice(-1)]
    : [...GROUPS, ADMINISTRATION]
}

/** Up and Down move between the pages, beside Tab; the list does not wrap. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')]
  const at = links.findIndex((link) => link.matches(':focus'))
  if (at === -1) return
  event.preventDefault()
  links[at + step]?.focus()
}

export function Sidebar() {
  const collapsed = useSidebarCollapsed()
  const groups = useGroups()
  const toggle = collapsed ? text.expand : text.collapse
  const ToggleIcon = collapsed ? PanelLeftOpen : PanelLeftClose
  return (
    <div
      className={cx(
        'flex shrink-0 flex-col justify-between gap-2 overflow-y-auto border-r border-line bg-canvas p-2',
        collapsed ? 'w-14' : 'w-52',
      )}
    >
      <nav aria-label={text.navigation} onKeyDown={walk}>
        {groups.map(({ label: group, pages }) => (
          <section
            key={group}
            aria-label={group}
            className={cx(
              'not-first:mt-2',
              collapsed && 'not-first:border-line not-first:border-t not-first:pt-2',
            )}
          >
            {!collapsed && (
              <p aria-hidden="true" className="px-2.5 pb-0.5 font-medium text-faint text-meta">
                {group}
              </p>
            )}
            <ul className="flex flex-col gap-0.5">
              {pages.map(({ to, icon: Icon, label, exact }) => (
                <li key={to}>
                  <Link
                    to={to}
                    activeOptions={{ exact, includeSearch: false }}
                    title={collapsed ? label : undefined}
                    className={cx(
                      'flex h-8 items-center gap-2.5 rounded-control text-muted transition-colors hover:bg-sunken hover:text-text aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text',
                      collapsed ? 'justify-center' : 'px-2.5',
                    )}
                  >
                    <Icon aria-hidden="true" className="size-4 shrink-0" />
                    <span className={collapsed ? 'sr-only' : ''}>{label}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <button
        type="button"
        onClick={toggleSidebar}
        aria-expanded={!collapsed}
        title={toggle}
        className={cx(
          'flex h-8 items-center gap-2.5 rounded-control text-faint transition-colors hover:bg-sunken hover:text-text',
          collapsed ? 'justify-center' : 'px-2.5',
        )}
      >
        <ToggleIcon aria-hidden="true" className="size-4 shrink-0" />
        <span className={collapsed ? 'sr-only' : 'truncate'}>{toggle}</span>
      </button>
    </div>
  )
}

import { formatBytes, formatDateTime } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import { GradeTile } from '@renderer/ui/GradeTile'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ENGINE_NAME, text as shared } from '../messages'
import { QuietChecks } from '../QuietChecks'
import { text } from './messages'

/** Why the grade, what the machine was, and how exactly it ran: what a repetition needs to know. */
export function ConditionsTab({ result }: { result: BenchmarkResult }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Gate result={result} />
      <div className="flex min-w-0 flex-col gap-4">
        <HowItRan result={result} />
        <Machine result={result} />
        {result.notes.length > 0 && (
          <SectionCard title={text.conditions.notes}>
            <ul className="list-disc py-3 pr-3 pl-7 text-muted" translate="no">
              {result.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </SectionCard>
        )}
      </div>
    </div>
  )
}

function Gate({ result: { quiet, grade, network } }: { result: BenchmarkResult }) {
  const first = quiet.findLast(({ beforeLaunch }) => beforeLaunch === 0)
  const last = quiet.at(-1)
  const between = quiet.filter((reading) => reading !== first && reading !== last)
  const bad = between.filter(({ checks }) => checks.some(({ state }) => state === 'bad')).length
  return (
    <SectionCard title={text.conditions.why}>
      <div className="flex items-center gap-3 border-line border-b p-3">
        <GradeTile grade={grade} size="large" />
        <p className="font-medium">{shared.grade[grade]}</p>
      </div>
      {first && (
        <Part title={text.conditions.before}>
          <QuietChecks checks={first.checks} />
        </Part>
      )}
      {last && last !== first && (
        <Part title={text.conditions.after}>
          <QuietChecks checks={last.checks} />
        </Part>
      )}
      {between.length > 0 && (
        <p className="border-line border-b px-3 py-2 text-muted">
          {text.conditions.between(between.length)}
          {bad > 0 && `, ${text.conditions.badBetween(bad)}`}
        </p>
      )}
      <Part title={text.conditions.isolation}>
        <p>
          {network.isolated && network.by !== null
            ? text.conditions.isolated(network.by)
            : text.conditions.notIsolated}
          {network.reason && (
            <span className="block text-muted" translate="no">
              {network.reason}
            </span>
          )}
        </p>
      </Part>
    </SectionCard>
  )
}

function HowItRan({ result }: { result: BenchmarkResult }) {
  const { engine, suite, scan, profile, model } = result
  return (
    <SectionCard title={text.conditions.order}>
      <Facts
        items={[
          [
            text.conditions.engine,
            <span key="engine">
              <span translate="no">
                {ENGINE_NAME[engine.name]} {engine.version}
              </span>
              , {shared.threads(engine.threads)}
            </span>,
          ],
          [text.conditions.library, <Hash key="library" value={engine.librarySha256} />],
          [text.conditions.suite, <Hash key="suite" value={suite.sha256} />],
          [text.conditions.profile, shared.profiles[profile.name]],
          [text.conditions.seed, <code key="seed">{result.seed}</code>],
          [text.conditions.started, formatDateTime(new Date(result.startedAt))],
          [
            text.conditions.scan,
            <span key="scan">
              <span translate="no">
                {scan.verdict === null
                  ? text.conditions.noScan
                  : text.conditions.scanState(scan.verdict, scan.complete)}
              </span>
              {scan.reportId && (
                <>
                  {' '}
                  <Link
                    to="/scan/report/$reportId"
                    params={{ reportId: scan.reportId }}
                    search={{}}
                    className="text-accent underline underline-offset-2"
                  >
                    {text.conditions.openScan}
                  </Link>
                </>
              )}
            </span>,
          ],
          ...model.files.map(
            ({ path, bytes, sha256 }) =>
              [
                text.conditions.files,
                <span key={path}>
                  <span translate="no">{path}</span>, {formatBytes(bytes)}
                  <Hash value={sha256} />
                </span>,
              ] as const,
          ),
        ]}
      />
    </SectionCard>
  )
}

function Machine({ result: { environment: stamp } }: { result: BenchmarkResult }) {
  const { environment, fingerprint, hardwareClass } = stamp
  const { cpu, system } = environment
  return (
    <SectionCard title={text.conditions.environment}>
      <Facts
        items={[
          [text.conditions.cpu, <Data key="cpu">{cpu.model}</Data>],
          [text.conditions.cores, text.conditions.coreCount(cpu.physicalCores, cpu.logicalCores)],
          [text.conditions.features, <Data key="features">{cpu.features.join(', ')}</Data>],
          [
            text.conditions.governor,
            cpu.governor ? <Data key="governor">{cpu.governor}</Data> : shared.unknown,
          ],
          [
            text.conditions.virtual,
            cpu.virtualMachine === null
              ? shared.unknown
              : cpu.virtualMachine
                ? text.conditions.yes
                : text.conditions.no,
          ],
          [text.conditions.memory, formatBytes(environment.memoryBytes)],
          [
            text.conditions.system,
            <Data key="system">{`${system.name} ${system.kernel}, ${system.architecture}`}</Data>,
          ],
          [text.conditions.runtime, <Data key="node">{environment.node}</Data>],
          [text.conditions.console, <Data key="console">{environment.console}</Data>],
          [text.conditions.hardwareClass, <Data key="class">{hardwareClass}</Data>],
          [text.conditions.fingerprint, <Hash key="fingerprint" value={fingerprint} />],
        ]}
      />
    </SectionCard>
  )
}

function Facts({ items }: { items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[120px_minmax(0,1fr)] gap-x-3 gap-y-1 p-3">
      {items.map(([name, value], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a model may have several files under one name
        <div key={at} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const Data = ({ children }: { children: string }) => <span translate="no">{children}</span>

function Hash({ value }: { value: string }) {
  return (
    <code className="block truncate text-muted" title={value} translate="no">
      {value}
    </code>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2 border-line border-b p-3 last:border-0">
      <h3 className="font-semibold text-small">{title}</h3>
      {children}
    </section>
  )
}

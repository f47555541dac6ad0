import type { Sink } from '../vocabulary'

/** Functions that do something worth telling, by path; '#x' is module x. */
const TABLE: Readonly<Record<Sink, string>> = {
  eval: `eval Function AsyncFunction execScript #vm.runInThisContext #vm.runInNewContext
    #vm.runInContext #vm.Script #vm.compileFunction #vm.SourceTextModule module._compile
    #module()._compile #module.prototype._compile $.globalEval jQuery.globalEval #safe-eval #vm2
    #node-eval #eval chrome.tabs.executeScript browser.tabs.executeScript #require-from-string
    #module-from-string.requireFromString #module-from-string.importFromString
    document.createElement().insertAdjacentHTML #isolated-vm #vm2.VM().run #vm2.NodeVM().run`,
  process: `#child_process.exec #child_process.execSync #child_process.execFile
    #child_process.execFileSync #child_process.spawn #child_process.spawnSync #child_process.fork
    #child_process._forkChild #execa #execa.execa #execa.execaSync #execa.execaCommand
    #execa.execaCommandSync #execa.execaNode #execa.command #execa.commandSync #execa.sync #execa.shell
    #execa.$ #shelljs.exec #cross-spawn #cross-spawn.sync #cross-spawn.spawn #node-cmd.run
    #node-cmd.runSync #node-cmd.get #zx.$ #node-pty.spawn #tinyexec.x #tinyexec.exec #nano-spawn
    #child-process-promise.exec #child-process-promise.spawn #promisify-child-process.exec
    #sudo-prompt.exec #foreground-child #spawn-sync #exec-sh #pm2.start
    Deno.run Deno.Command Bun.spawn Bun.spawnSync Bun.$ #bun.$ #bun.spawn process.execve
    process.binding(spawn_sync).spawn ActiveXObject(WScript.Shell).Run
    ActiveXObject(WScript.Shell).Exec ActiveXObject(Shell.Application).ShellExecute
    WScript.CreateObject().Run WScript.CreateObject().Exec
    Neutralino.os.execCommand #@tauri-apps/plugin-shell.Command.create
    #@tauri-apps/api/shell.Command #cluster.setupPrimary #cluster.setupMaster #vscode.window.createTerminal().sendText
    #winreg().set java.lang.Runtime.getRuntime().exec Java.type().getRuntime().exec Java.type()`,
  network: `fetch navigator.sendBeacon WebSocket EventSource XMLHttpRequest().open XMLHttpRequest().send
    #node-fetch #cross-fetch #isomorphic-fetch #node-fetch-native #undici.fetch #undici.request
    #http.get #http.request #https.get #https.request #http2.connect #net.connect
    #net.createConnection #net.Socket().connect #net.createConnection().write #net.connect().write
    #net.Socket().write #tls.connect #tls.connect().write #net.createServer
    #https.request().write #https.request().end #http.request().write #http.request().end
    #dgram.createSocket().send #dns.lookup #dns.resolve #dns.resolve4 #dns.resolve6 #dns.resolveTxt
    #dns.resolveAny #dns.Resolver().resolve #dns.Resolver().resolve4 axios axios.get axios.post
    axios.put axios.request axios.patch #axios #axios.get #axios.post #axios.put #axios.request
    #axios.patch #axios.create().post #axios.create().get #got #got.get #got.post #got.put
    #superagent.post #superagent.get #superagent.post().send #superagent.post().attach #needle
    #needle.get #needle.post #phin #request #request.get #request.post #request.put
    #request-promise #bent #ky #ky.get #ky.post #ws #ws.WebSocket #ws().send #ws.WebSocket().send
    WebSocket().send #socket.io-client #socket.io-client.io #socket.io-client.io().emit
    #socket.io-client().emit $.ajax $.get $.post $.getJSON jQuery.ajax jQuery.get jQuery.post
    jQuery.getJSON Deno.connect Bun.connect #nodemailer.createTransport().sendMail
    #follow-redirects.https.get #follow-redirects.https.request #ftp().put #basic-ftp.Client().uploadFrom
    #form-data().submit #discord.js.WebhookClient().send #node-telegram-bot-api().sendMessage
    #node-telegram-bot-api().sendDocument open
    #undici.Pool().request #undici.Client().request #undici.Agent().request #undici.stream
    #electron.net.fetch #electron.net.request #dns.Resolver().resolveTxt #dns.Resolver().resolveAny
    #socket.io-client.connect #socket.io-client.connect().emit #got.stream.post #got.stream.put
    #tls.connect().end #net.connect().end #net.createConnection().end #net.Socket().end
    #got #got.stream #node-fetch.default RTCPeerConnection().createDataChannel().send
    #posthog-node.PostHog().capture #mixpanel.init().track #@sentry/node.setContext
    #@sentry/node.setExtra #@sentry/node.setExtras #@sentry/node.captureMessage
    #@segment/analytics-node.Analytics().track #ssh2-sftp-client().put #http2.connect().request #http2.connect().request().write #http2.connect().request().end
    $fetch UrlFetchApp.fetch #openai #@anthropic-ai/sdk #electron.net.request().write #electron.net.request().end
    #discord-webhook-node.Webhook #discord-webhook-node.Webhook().send
    #@actions/http-client.HttpClient().post #@actions/http-client.HttpClient().postJson
    #@actions/http-client.HttpClient().put #@actions/http-client.HttpClient().putJson %upload.stdin.write %upload.stdin.end %beacon`,
  'file-write': `#fs.writeFile #fs.writeFileSync #fs.appendFile #fs.appendFileSync
    #fs.createWriteStream #fs.rename #fs.renameSync #fs.copyFile #fs.copyFileSync #fs.symlink
    #fs.symlinkSync #fs.chmod #fs.chmodSync #fs.outputFile #fs.outputFileSync #fs.outputJson
    #fs.writeJson #fs.writeJsonSync #fs.copy #fs.copySync #fs.moveSync #fs.move
    #write-file-atomic Deno.writeTextFile Deno.writeTextFileSync Deno.writeFile Deno.writeFileSync
    Bun.write #download #fs.createWriteStream().write`,
  module: `importScripts #module._load #import-fresh System.import #module.register`,
  native: `process.dlopen #ffi-napi.Library #ffi.Library #node-ffi.Library #koffi.load #ffi-rs.open
    #ref-napi #sbffi Deno.dlopen #bun:ffi.dlopen #bun:ffi.CFunction #bun:ffi.cc WebAssembly.instantiate
    WebAssembly.compile WebAssembly.Module WebAssembly.instantiateStreaming
    WebAssembly.compileStreaming process._linkedBinding process.binding`,
  deserialise: `#v8.deserialize #node-serialize.unserialize #funcster.deepDeserialize #cryo.parse
    #serialize-to-js.deserialize #serialijse.deserialize`,
}

export const SINK_OF: ReadonlyMap<string, Sink> = new Map(
  Object.entries(TABLE).flatMap(([sink, paths]) =>
    paths
      .trim()
      .split(/\s+/)
      .map((path): [string, Sink] => [path, sink as Sink]),
  ),
)

/** Path of what `document.createElement('script')` gives: its text runs. */
export const SCRIPT_ELEMENT = 'document.createElement.script()'

/** What a module that is loaded under a built name would be used for. */
export const SINK_OF_MODULE: ReadonlyMap<string, Sink> = new Map<string, Sink>([
  ['#child_process', 'process'],
  ['#vm', 'eval'],
  ['#http', 'network'],
  ['#https', 'network'],
  ['#net', 'network'],
  ['#dns', 'network'],
  ['#dgram', 'network'],
  ['#tls', 'network'],
  ['#fs', 'file-write'],
  ['#worker_threads', 'eval'],
])

/** Functions that remove whole folders. */
export const DESTRUCTIVE = new Set([
  '#fs.rm',
  '#fs.rmSync',
  '#fs.rmdir',
  '#fs.rmdirSync',
  '#fs.remove',
  '#fs.removeSync',
  '#fs.emptyDir',
  '#fs.emptyDirSync',
  '#rimraf',
  '#rimraf.sync',
  '#rimraf.rimraf',
  '#del',
  '#shelljs.rm',
  'Deno.remove',
  'Deno.removeSync',
])

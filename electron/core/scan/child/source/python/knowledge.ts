import type { Sink } from '../vocabulary'

/** Which arguments of a call reach the sink. */
export type Reach = 'code' | 'command' | 'send' | 'content' | 'name' | 'object'

export interface SinkCall {
  sink: Sink
  reach: Reach
}

/** HTTP libraries whose functions and sessions have the same methods. */
const HTTP =
  /^(requests|httpx|urllib3|aiohttp|grequests|curl_cffi\.requests|cloudscraper|treq|requests_html)(\.\w+(\(\))?)*\.(get|post|put|patch|delete|head|options|request|stream|ws_connect)$/

/** Calls by dotted name, canonical as in names.ts. The first pattern that matches counts. */
const CALLS: readonly (readonly [RegExp, Sink, Reach])[] = [
  [/^builtins\.(eval|exec|execfile)$/, 'eval', 'code'],
  [
    /^(asteval\.Interpreter\(\)|runpy\._run_code|pdb\.Pdb\(\)\.run|doctest\.debug_script|test\.support\.run_code)$/,
    'eval',
    'code',
  ],
  [
    /^code\.(InteractiveInterpreter|InteractiveConsole)\(\)\.(runsource|runcode|push)$/,
    'eval',
    'code',
  ],
  [
    /^(timeit\.(timeit|repeat|Timer)|cProfile\.run|profile\.run|cProfile\.runctx|bdb\.Bdb\(\)\.run|pdb\.run|trace\.Trace\(\)\.run)$/,
    'eval',
    'code',
  ],
  [/^(types\.FunctionType|types\.LambdaType|types\.CodeType)$/, 'eval', 'code'],
  [/^numpy\.testing\._private\.utils\.runstring$/, 'eval', 'code'],
  [
    /^os\.(system|popen[234]?|startfile|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?)$/,
    'process',
    'command',
  ],
  [
    /^subprocess\.(run|call|check_call|check_output|Popen|getoutput|getstatusoutput)$/,
    'process',
    'command',
  ],
  [
    /^(commands\.get(status)?output|popen2\.\w+|pty\.spawn|platform\.popen|_posixsubprocess\.fork_exec)$/,
    'process',
    'command',
  ],
  [/^asyncio\.(subprocess\.)?create_subprocess_(shell|exec)$/, 'process', 'command'],
  [
    /^(pexpect\.(spawn|run|spawnu)|sh\.(bash|sh|Command)|invoke\.run|plumbum\.cmd\.\w+)$/,
    'process',
    'command',
  ],
  [
    /^ctypes\.(CDLL\(\)|cdll\.(LoadLibrary\(\)|\w+)|windll\.\w+|WinDLL\(\)|PyDLL\(\))\.(system|_wsystem|popen|execve?|WinExec|ShellExecute[AW]?|CreateProcess[AW]?)$/,
    'process',
    'command',
  ],
  [/^(win32api\.(ShellExecute|WinExec)|win32process\.CreateProcess)$/, 'process', 'command'],
  [/^IPython\.get_ipython\(\)\.(system|getoutput|system_raw|system_piped)$/, 'process', 'command'],
  [/^IPython\.get_ipython\(\)\.run_(line|cell)_magic$/, 'process', 'command'],
  [
    /^(pip\.main|pip\._internal(\.cli\.main)?\.main|pip\._internal\.main\.main)$/,
    'process',
    'command',
  ],
  [
    /^(nox\.Session|invoke\.Context|fabric\.Connection)\(\)\.(run|run_always|sudo|local)$/,
    'process',
    'command',
  ],
  [/^crontab\.CronTab\(\)\.new$/, 'process', 'command'],
  [/^(docker\.(from_env|DockerClient)\(\)\.containers\.(run|create))$/, 'process', 'command'],
  [/^IPython\.get_ipython\(\)\.(ex|run_cell|run_code)$/, 'eval', 'code'],
  [HTTP, 'network', 'send'],
  [
    /^urllib\.request\.(urlopen|urlretrieve|Request|URLopener\(\)\.(open|retrieve)|build_opener\(\)\.open)$/,
    'network',
    'send',
  ],
  [
    /^(http\.client\.HTTPS?Connection\(\)\.(request|send)|urllib3\.(PoolManager|ProxyManager)\(\)\.(request|urlopen))$/,
    'network',
    'send',
  ],
  [
    /^(socket|ssl)(\.\w+\(\)(\[\])?)+\.(send|sendall|sendto|sendmsg|sendfile|connect|connect_ex|write)$/,
    'network',
    'send',
  ],
  [/^socket\.(create_connection|gethostbyname|gethostbyname_ex|getaddrinfo)$/, 'network', 'send'],
  [
    /^(dns\.(resolver|asyncresolver)(\.Resolver\(\))?\.(resolve|query)|dns\.query\.(udp|tcp|tls|https)|asyncio\.open_connection)$/,
    'network',
    'send',
  ],
  [/^smtplib\.SMTP(_SSL)?\(\)\.(sendmail|send_message)$/, 'network', 'send'],
  [/^ftplib\.FTP(_TLS)?\(\)\.(storbinary|storlines|sendcmd)$/, 'network', 'send'],
  [/^paramiko(\.\w+(\(\))?)+\.(exec_command|put|putfo)$/, 'network', 'send'],
  [
    /^(fabric\.Connection\(\)\.put|pysftp\.Connection\(\)\.put|scp\.SCPClient\(\)\.put|telnetlib\.Telnet\(\)\.write|asyncio\.open_connection\(\)\[\]\.write)$/,
    'network',
    'send',
  ],
  [
    /^(paho\.mqtt\.publish\.(single|multiple)|pika(\.\w+\(\))*\.(channel\(\)\.)?basic_publish|kafka\.KafkaProducer\(\)\.send|redis\.(Redis|StrictRedis|from_url)\(\)\.(set|lpush|rpush|publish)|sentry_sdk\.(capture_message|capture_exception|set_context|set_extra|set_tag)|pymongo\.MongoClient\(\)(\.\w+|\[\])*\.insert_(one|many)|firebase_admin\.db\.reference\(\)\.(set|push))$/,
    'network',
    'send',
  ],
  [
    /^(wandb\.(log|init|save|config\.update|summary\.update|log_artifact|alert)|wandb\.init\(\)\.(log|save)|wandb\.Artifact\(\)\.add_(file|dir)|mlflow\.(log_(params?|metrics?|text|dict|artifacts?)|set_tags?)|comet_ml\.Experiment\(\)\.log_\w+|neptune\.init_run\(\)\.\w+)$/,
    'network',
    'send',
  ],
  [
    /^huggingface_hub\.((HfApi\(\)\.)?(upload_file|upload_folder|create_commit)|CommitOperationAdd)$/,
    'network',
    'send',
  ],
  [
    /^google\.cloud\.storage\.(\w+\(\)\.)*(upload_from_\w+)$|^azure\.storage\.blob(\.\w+(\(\))?)*\.upload_blob$|^dropbox\.Dropbox\(\)\.files_upload$|^minio\.Minio\(\)\.f?put_object$|^(pastebin|dpaste)\.\w+$/,
    'network',
    'send',
  ],
  [
    /^(pymysql|psycopg2?|mysql\.connector|asyncpg|pymssql|cx_Oracle|oracledb)(\.\w+\(\))*\.execute(many)?$/,
    'network',
    'send',
  ],
  [/^webbrowser\.(open|open_new|open_new_tab|get\(\)\.open)$/, 'network', 'send'],
  [
    /^(websocket|websockets|aiohttp\.ClientSession\(\)\.ws_connect\(\))(\.[a-z]\w+)*(\.\w+\(\))*\.(send|send_str|send_json|send_bytes|send_text|connect|create_connection)$/,
    'network',
    'send',
  ],
  [
    /^(telebot|telegram|telethon|pyrogram|aiogram|discord|discord_webhook|dhooks|slack_sdk|slack|twilio|vk_api)(\.\w+(\(\))?)*\.(send\w*|execute|chat_postMessage|files_upload\w*|from_url|DiscordWebhook|Webhook)$/,
    'network',
    'send',
  ],
  [
    /^(wget\.download|pycurl\.Curl\(\)\.setopt|gradio_client\.Client|paho\.mqtt\.client\.Client\(\)\.publish)$/,
    'network',
    'send',
  ],
  [
    /^boto3\.(client|resource|Session\(\)\.(client|resource))\(\)(\.\w+(\(\))?)*\.(put_object|upload_file\w*|send_message|publish|put_item|send_email)$/,
    'network',
    'send',
  ],
  [
    /^(builtins\.open|tempfile\.\w+|os\.fdopen)\(\)(\.file)?\.(write|writelines)$/,
    'file-write',
    'content',
  ],
  [/^os\.write$/, 'file-write', 'content'],
  [/^os\.(chmod|rename|replace|link|symlink|mkfifo)$/, 'file-write', 'name'],
  [/^shutil\.(copy|copy2|copyfile|move|copytree)$/, 'file-write', 'content'],
  [
    /^(importlib\.import_module|builtins\.__import__|runpy\.run_path|runpy\.run_module|imp\.(load_source|load_module|load_compiled|load_dynamic)|zipimport\.zipimporter|pkgutil\.resolve_name|pydoc\.(locate|importfile))$/,
    'module',
    'name',
  ],
  [
    /^importlib\.(util\.spec_from_file_location|machinery\.(SourceFileLoader|SourcelessFileLoader)|util\.module_from_spec\(\)\.loader\.exec_module)$/,
    'module',
    'name',
  ],
  [/^importlib\.machinery\.ExtensionFileLoader$/, 'native', 'name'],
  [
    /^ctypes\.(CDLL|PyDLL|WinDLL|OleDLL|(cdll|windll|oledll|pydll)\.LoadLibrary)$/,
    'native',
    'name',
  ],
  [
    /^(cffi\.FFI\(\)\.(dlopen|verify)|numpy\.ctypeslib\.load_library|onnxruntime\.SessionOptions\(\)\.register_custom_ops_library|sqlite3\.connect\(\)\.load_extension|cppyy\.(cppdef|load_library)|torch\.(ops|classes)\.load_library|tensorflow\.(load_op_library|load_library)|torch\.utils\.cpp_extension\.load(_inline)?)$/,
    'native',
    'name',
  ],
  [
    /^(pickle|dill|cloudpickle|_pickle|jsonpickle|marshal)\.(loads?|decode|Unpickler|Unpickler\(\)\.load)$/,
    'deserialise',
    'object',
  ],
  [/^(joblib|sklearn\.externals\.joblib)\.load$/, 'deserialise', 'object'],
  [
    /^(shelve\.open|torch\.load|pandas\.read_pickle|numpy\.load|yaml\.(load|load_all|unsafe_load|unsafe_load_all|full_load)|torch\.jit\.load|torch\.package\.PackageImporter)$/,
    'deserialise',
    'object',
  ],
  [
    /^((tf\.|tensorflow\.)?keras\.models\.load_model|keras\.saving\.load_model|torch\.hub\.load|torch\.hub\.load_state_dict_from_url)$/,
    'deserialise',
    'object',
  ],
]

const MOST_KNOWN = 5000
const cache = new Map<string, SinkCall | null>()

export function sinkOfCall(name: string): SinkCall | undefined {
  const known = cache.get(name)
  if (known !== undefined) return known ?? undefined
  const row = CALLS.find(([pattern]) => pattern.test(name))
  const found = row === undefined ? null : { sink: row[1], reach: row[2] }
  if (cache.size > MOST_KNOWN) cache.clear()
  cache.set(name, found)
  return found ?? undefined
}

/** Calls that give what a server or peer answered. */
const ANSWERS: readonly RegExp[] = [
  HTTP,
  /^urllib\.request\.(urlopen|URLopener\(\)\.open|build_opener\(\)\.open)$/,
  /^http\.client\.HTTPS?Connection\(\)\.getresponse$/,
  /^urllib3\.(PoolManager|ProxyManager)\(\)\.(request|urlopen)$/,
  /^(socket|ssl)(\.\w+\(\)(\[\])?)+\.(recv|recvfrom|recv_into|read|makefile)$/,
  /^socketserver\.\w+\(\)\.(request\.recv|rfile\.read)$/,
  /^asyncio\.open_connection\(\)\[\]\.(read|readline|readexactly|readuntil)$/,
  /^aiohttp\.ClientSession\(\)\.ws_connect\(\)\.receive\w*$/,
  /^(telnetlib\.Telnet\(\)\.(read_\w+)|imaplib\.IMAP4(_SSL)?\(\)\.fetch|poplib\.POP3(_SSL)?\(\)\.retr|redis\.Redis\(\)\.(get|lpop|blpop)|ftplib\.FTP\(\)\.retrbinary)$/,
  /^dns\.resolver(\.Resolver\(\))?\.(resolve|query)$/,
  /^paramiko(\.\w+\(\))+\.(recv|exec_command)$/,
  /^(websocket|websockets)(\.\w+\(\))*\.recv$/,
  /^(wget\.download|urllib\.request\.urlretrieve|torch\.hub\.download_url_to_file)$/,
  /^(feedparser\.parse|github\.Github\(\)(\.\w+(\(\))?)*\.(get_\w+|decoded_content)|gspread(\.\w+(\(\))?)*\.(get_all_\w+|acell|col_values)|niquests\.(get|post)|tls_client\.Session\(\)\.(get|post)|web3\.Web3\(\)(\.\w+(\(\))?)*\.call)$/,
  /^(praw|tweepy|imaplib)(\.\w+(\(\))?)+\.(fetch|submission|get_user|get_status)$/,
]

export const isAnswer = (name: string): boolean => ANSWERS.some((pattern) => pattern.test(name))

/** Facts that tell one computer from another. */
export const HOST =
  /^(socket\.(gethostname)|getpass\.getuser|os\.(getlogin|uname)|platform\.(node|uname)|uuid\.getnode|psutil\.(users|net_if_addrs|process_iter)|netifaces\.ifaddresses|pwd\.getpwall|wmi\.WMI)$/

/** Stores of passwords and cookies. */
export const CREDENTIAL_CALLS =
  /^(keyring\.get_password|browser_cookie3\.\w+|browsercookie\.\w+|win32crypt\.CryptUnprotectData|secretstorage\.\w+|boto3\.Session\(\)\.get_credentials|botocore\.session\.Session\(\)\.get_credentials)$/

/** Requests that a web framework hands to the program. */
export const REQUESTS =
  /^(flask\.request|bottle\.request|quart\.request|sanic\.request)\.(args|form|json|data|values|cookies|headers|files|get_json|get_data|query|params|forms|body)|^http\.server\.\w+HTTPRequestHandler\(\)\.(path|headers)$/

/** Functions whose result says nothing more about their arguments. */
export const DROPS =
  /^(builtins\.(len|bool|float|isinstance|issubclass|hasattr|callable|id|hash|any|all|type|round|abs|range)|os\.path\.(exists|isfile|isdir|getsize|getmtime|islink)|hashlib\..*|hmac\..*|time\..*|numpy\..*|torch\.(?!load|hub).*|os\.(remove|unlink|rmdir|mkdir|makedirs|chdir|listdir|close|kill)|logging\..*|random\..*|math\..*|re\.compile|struct\.calcsize|builtins\.print)$/

/** What the tables expect under the names of a star import. */
export const STAR_MODULES =
  /^(os|subprocess|socket|pickle|ctypes|requests|base64|zlib|importlib|marshal|shutil|pty|urllib\.request|builtins|codecs|sys|pathlib|binascii)$/

import { normalPath } from '../places'
import { HOLE, WALKED } from './value'

/** Files that the system or an interpreter runs by itself. */
const START_UPS: readonly RegExp[] = [
  /(^|\/)\.(bashrc|bash_profile|bash_login|profile|zshrc|zprofile|zshenv|bash_aliases|xinitrc|xprofile)$/,
  /^\/etc\/(profile|bash\.bashrc|rc\.local|ld\.so\.preload|crontab|environment)$/,
  /^\/etc\/(cron\.|init\.d|profile\.d|systemd|rc\d?\.d|ld\.so\.conf\.d)/,
  /\/var\/spool\/cron/,
  /\.config\/(autostart|systemd\/user|fish\/config\.fish)/,
  /(^|\/)systemd\/system\/.*\.service$/,
  /Library\/Launch(Agents|Daemons)/,
  /Start Menu\/Programs\/Start-?[Uu]p/,
  /(^|\/)\.ssh\/authorized_keys$/,
  /(^|\/)(sitecustomize|usercustomize)\.py$/,
  /(site-packages|dist-packages).*\.(pth|py)$/,
  /^\/etc\/(sudoers(\.d\/.*)?|passwd|shadow|pam\.d\/.*)$/,
  /(^|\/)\.(jupyter|ipython)\/[^/]*config\.py$/,
  /^~\/\.(vscode|cursor)\/(tasks\.json|extensions\/)|\/(Code|Cursor)\/User\/tasks\.json$/,
  /(^|\/)(\.pip|\.config\/pip)\/pip\.conf$/,
  /(^|\/)\.ipython\/profile_[^/]+\/startup/,
  /(^|\/)\.git\/hooks\/|(^|\/)\.config\/git\/hooks/,
]

export function isStartUpPath(text: string): boolean {
  const path = normalPath(text)
  return path.length < 1000 && START_UPS.some((pattern) => pattern.test(path))
}

/** The home folder, a root or a drive, with nothing below it that is named. */
export function isWholeDisk(text: string): boolean {
  return (
    new RegExp(`^(~|/|/home|/Users|/etc|/usr|/var|/root|[A-Za-z]:)?[/*${HOLE}${WALKED}]*$`).test(
      normalPath(text),
    ) && /^(~|\/|[A-Za-z]:)/.test(normalPath(text))
  )
}

/** A file that a walk finds below a home folder as a whole, or among a person's own documents. */
export function isHomeWalk(text: string): boolean {
  const path = normalPath(text)
  return (
    isWholeDisk(text) ||
    new RegExp(`^~/(Desktop|Documents|Downloads|Pictures)/[/*${HOLE}${WALKED}]*$`).test(path)
  )
}

/** Owners whose repositories may hold code that most people run. */
export const KNOWN_OWNERS =
  /^(microsoft|Qwen|tiiuae|THUDM|zai-org|mosaicml|google|facebook|meta-llama|nvidia|baidu|deepseek-ai|internlm|openbmb|bigcode|allenai|mistralai|stabilityai|nomic-ai|jinaai|Salesforce|openai|huggingface|pytorch|facebookresearch|intel-isl|ultralytics|snakers4|NVIDIA|EleutherAI|HuggingFaceM4|apple|ibm-granite|databricks|BAAI|Alibaba-NLP|moonshotai)(\/|$)/

/** The address of credentials that a cloud gives to its machines. */
export const isMetadataService = (url: string): boolean =>
  /^https?:\/\/(169\.254\.169\.254\/.*(credentials|token|identity|user-data)|metadata\.google\.internal\/.*token|169\.254\.170\.2\/)/.test(
    url,
  )

/** Addresses that only the machine itself answers. */
export const isMachineService = (url: string): boolean =>
  /^https?:\/\/(169\.254\.(169\.254|170\.2)|metadata\.google\.internal|localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])([:/]|$)/.test(
    url,
  )

/** Services of models, which are sent whatever their caller looks at. */
export const isWellKnownService = (url: string): boolean =>
  /^https:\/\/([\w-]+\.)*(openai\.com|anthropic\.com|googleapis\.com|huggingface\.co|azure\.com|amazonaws\.com|replicate\.com|mistral\.ai|groq\.com|together\.xyz|deepseek\.com)\//.test(
    url,
  )

/** Names of variables that hold what opens something. */
export const isSecretName = (name: string): boolean =>
  /^(AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_ACCESS_KEY_ID|GITHUB_TOKEN|GH_TOKEN|GITLAB_TOKEN|NPM_TOKEN|PYPI_(API_)?TOKEN|TWINE_PASSWORD|HF_TOKEN|HUGGING_?FACE_(HUB_)?TOKEN|SSH_PRIVATE_KEY|KUBECONFIG|VAULT_TOKEN|AZURE_CLIENT_SECRET|OPENAI_API_KEY|ANTHROPIC_API_KEY|WANDB_API_KEY|DATABASE_URL|SECRET_KEY|PRIVATE_KEY|DOCKER_PASSWORD|SLACK_TOKEN|STRIPE_SECRET_KEY|DISCORD_(BOT_)?TOKEN|TELEGRAM_(BOT_)?TOKEN|KAGGLE_KEY|REPLICATE_API_TOKEN|COHERE_API_KEY|GOOGLE_API_KEY|GEMINI_API_KEY|MISTRAL_API_KEY|GROQ_API_KEY|DEEPSEEK_API_KEY|ACTIONS_(ID_TOKEN_REQUEST|RUNTIME)_TOKEN|CI_JOB_TOKEN|JWT_SECRET|SSH_KEY|MNEMONIC|SEED_PHRASE|WALLET_PRIVATE_KEY|ADMIN_PASSWORD|DB_PASSWORD|API_TOKEN|ACCESS_TOKEN|AUTH_TOKEN|SECRET_TOKEN)$/i.test(
    name,
  )

/** Secrets that one service only takes; keys of model services open compatible ones as well. */
export const hasOwnService = (secret: string): boolean =>
  /^(HF|HUGGING_?FACE|AWS_SECRET|NPM|PYPI)_/i.test(secret)

/** Whether a secret goes to the service that it belongs to. */
export function isOwnService(secret: string, url: string): boolean {
  const brand =
    /^(AWS|GITHUB|GH|GITLAB|NPM|PYPI|HF|HUGGING|AZURE|OPENAI|ANTHROPIC|WANDB|VAULT|SLACK|STRIPE|DOCKER)/i
      .exec(secret)?.[1]
      ?.toLowerCase()
  if (brand === undefined) return false
  const host =
    {
      gh: 'github',
      hf: 'huggingface|hf(?=\\.)',
      hugging: 'huggingface|hf(?=\\.)',
      aws: 'amazonaws',
      azure: 'microsoft|azure',
    }[brand] ?? brand
  return new RegExp(
    `^https://([\\w.-]+\\.)?(${host})[\\w-]*\\.(com|co|org|net|ai|io|cloud|space)([/:]|$)`,
  ).test(url)
}

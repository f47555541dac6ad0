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
  /(site-packages|dist-packages).*\.pth$/,
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

/** The address of credentials that a cloud gives to its machines. */
export const isMetadataService = (url: string): boolean =>
  /^https?:\/\/(169\.254\.169\.254\/.*(credentials|token)|metadata\.google\.internal\/.*token|169\.254\.170\.2\/)/.test(
    url,
  )

/** Names of variables that hold what opens something. */
export const isSecretName = (name: string): boolean =>
  /^(AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_ACCESS_KEY_ID|GITHUB_TOKEN|GH_TOKEN|GITLAB_TOKEN|NPM_TOKEN|PYPI_(API_)?TOKEN|TWINE_PASSWORD|HF_TOKEN|HUGGING_?FACE_(HUB_)?TOKEN|SSH_PRIVATE_KEY|KUBECONFIG|VAULT_TOKEN|AZURE_CLIENT_SECRET|OPENAI_API_KEY|ANTHROPIC_API_KEY|WANDB_API_KEY|DATABASE_URL|SECRET_KEY|PRIVATE_KEY|DOCKER_PASSWORD|SLACK_TOKEN|STRIPE_SECRET_KEY)$/i.test(
    name,
  )

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
      hf: 'huggingface',
      hugging: 'huggingface',
      aws: 'amazonaws',
      azure: 'microsoft|azure',
    }[brand] ?? brand
  return new RegExp(
    `^https://([\\w.-]+\\.)?(${host})[\\w-]*\\.(com|co|org|net|ai|io)([/:]|$)`,
  ).test(url)
}

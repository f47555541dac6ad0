/**
 * Engines that do not come with the console: one file of the npm registry each, pinned by its hash. Nothing
 * of a package is executed on installation.
 */
export interface EnginePackage {
  engine: 'llama-cpp'
  name: string
  version: string
  url: string
  bytes: number
  /** `sha512-` and base64, as package-lock.json has it. */
  integrity: string
  /** Folder inside the package whose files are unpacked. */
  folder: string
  licence: string
}

/**
 * node-llama-cpp's prebuilt addon without GPU support (Metal's is part of the file for Apple silicon, and is not used).
 * One version for all systems, so that their results can be compared.
 */
const VERSION = '3.21.1'

const PLATFORMS: Readonly<Record<string, { name: string; bytes: number; integrity: string }>> = {
  'linux-x64': {
    name: 'linux-x64',
    bytes: 10_582_760,
    integrity:
      'sha512-Totj6RTDMGo3FoK2yNUaz/oGmZD0olAqTrRluFUWmu0kW2i9TOzHSW0OWCAiGkzRCVX0WsU2CyUQo/W2NYtdPA==',
  },
  'linux-arm64': {
    name: 'linux-arm64',
    bytes: 7_213_055,
    integrity:
      'sha512-eI3anSEGzJiwF2rpMpZVTdHzw47LztbvfvuRzlu/fPO18ROnBOd+75RPUBlV6qENPpmNtbov85+3VODwEwBurg==',
  },
  'win32-x64': {
    name: 'win-x64',
    bytes: 9_787_045,
    integrity:
      'sha512-JcIpCnra7bAd7JNWA8ehdn2DIRaTMuj+fBC8bw+5rKSNzszWFbuj2XA05c5QHovonDMBLN1ePXE/hcfZtzXoUQ==',
  },
  'win32-arm64': {
    name: 'win-arm64',
    bytes: 4_606_830,
    integrity:
      'sha512-/UDR7Y0B8iKfc/tqxBmWkcgRdZQ9Wrkwod7fYl4J6iZXcTIj286RkHvZSED7VMY67TrcUXVvxJVMNFtmjeYnDg==',
  },
  'darwin-x64': {
    name: 'mac-x64',
    bytes: 10_809_280,
    integrity:
      'sha512-Q4nyNmbcNiKygBZQZjX+qLk2w3YzoiFpLWsxNURQN7xjyUi2p2rWxjRa7Otg0FrjGf/ri4aQ+X3Uj5Y0zD06eg==',
  },
  'darwin-arm64': {
    name: 'mac-arm64-metal',
    bytes: 4_858_447,
    integrity:
      'sha512-6MIDAZV7DXD9R1+jEXWJkFuolni3GATGE6mmuyFYc6ZmtOh9djAy15df0T0AXK3sCmVKL+fQcOAWZezxx4MvQQ==',
  },
}

/** The package for this machine; undefined where llama.cpp has none. */
export function enginePackage(
  platform: string = process.platform,
  architecture: string = process.arch,
): EnginePackage | undefined {
  const found = PLATFORMS[`${platform}-${architecture}`]
  if (found === undefined) return undefined
  const { name, bytes, integrity } = found
  return {
    engine: 'llama-cpp',
    name: `@node-llama-cpp/${name}`,
    version: VERSION,
    url: `https://registry.npmjs.org/@node-llama-cpp/${name}/-/${name}-${VERSION}.tgz`,
    bytes,
    integrity,
    folder: `package/bins/${name}/`,
    licence: 'MIT',
  }
}

/** Where it lies in the data folder; the version in the name, so that an update is another folder. */
export const engineInstallName = ({ engine, version }: EnginePackage) => `${engine}-${version}`

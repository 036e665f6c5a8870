import { gzipSync } from 'node:zlib'
import type { Block, BlockCarrier, Content, SettingCarrier } from '../generator/document.ts'
import type { Random } from '../generator/random.ts'
import { flatName, type Setting } from '../generator/setting.ts'
import { indented } from './quoting.ts'
import { yamlDocument } from './structured.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const zipped = (text: string): string => gzipSync(text).toString('base64')
const folded = (text: string): string => `${base64(text).replaceAll(/(.{76})/g, '$1\n')}\n`

const ordinary = 'log_level: info\nreplicas: 2\n'

/** Whole files, as they are, encoded, and inside other files. */
export const blockCarriers: readonly BlockCarrier[] = [
  { carrier: 'file', write: ({ file, text }) => ({ data: { [file]: text } }) },
  {
    carrier: 'file-among-others',
    write: ({ file, text }) => ({ data: { 'app.yaml': ordinary, [file]: text, MODE: 'standalone' } }),
  },
  { carrier: 'file-binary', write: ({ file, text }) => ({ binaryData: { [file]: base64(text) } }) },
  { carrier: 'file-base64', write: ({ file, text }) => ({ data: { [`${file}.b64`]: base64(text) } }) },
  { carrier: 'file-base64-folded', write: ({ file, text }) => ({ data: { [`${file}.b64`]: folded(text) } }) },
  { carrier: 'file-gzip', write: ({ file, text }) => ({ data: { [`${file}.gz`]: zipped(text) } }) },
  { carrier: 'file-gzip-binary', write: ({ file, text }) => ({ binaryData: { [`${file}.gz`]: zipped(text) } }) },
  {
    carrier: 'yaml-block',
    write: ({ file, text }) => ({
      data: { 'values.yaml': `${ordinary}files:\n  ${file}: |\n${indented(text, '    ')}\n` },
    }),
  },
  {
    carrier: 'json-text',
    write: ({ file, text }) => ({
      data: { 'files.json': JSON.stringify({ level: 'info', files: { [file]: text } }, null, 2) },
    }),
  },
  {
    carrier: 'here-document',
    write: ({ file, text }) => ({
      data: { 'install.sh': `#!/bin/sh\nset -e\ncat > /etc/main/${file} <<'EOF'\n${text.trimEnd()}\nEOF\nexec main\n` },
    }),
  },
  {
    carrier: 'cloud-init',
    write: ({ file, text }) => ({
      data: {
        'user-data': `#cloud-config\nwrite_files:\n  - path: /etc/main/${file}\n    encoding: b64\n    content: ${base64(text)}\n`,
      },
    }),
  },
  {
    carrier: 'manifest-block',
    write: ({ file, text }) => ({
      data: {
        'manifests.yaml': `kind: Namespace\nmetadata:\n  name: shop\n---\nkind: ConfigMap\ndata:\n  ${file}: |-\n${indented(text.trimEnd(), '    ')}\n`,
      },
    }),
  },
]

/** An environment file or a YAML document, as the encoded ones wrap it. */
function settingFile(settings: readonly Setting[], random: Random): Block {
  if (random.integer(0, 1) === 0) return { file: 'config.yaml', text: yamlDocument(settings, random) }
  return {
    file: 'app.env',
    text: `${settings.map((setting) => `${flatName(setting, 'upper')}=${setting.value}`).join('\n')}\n`,
  }
}

/** Settings in a file that is encoded or stands inside another file. */
export const wrappedSettingCarriers: readonly SettingCarrier[] = blockCarriers
  .filter(({ carrier }) => carrier !== 'file')
  .map(({ carrier, write }) => ({
    carrier: `settings-${carrier}`,
    write: (settings, random): Content => write(settingFile(settings, random), random),
  }))

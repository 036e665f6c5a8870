import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './support/command-line.ts'

// Takes the screenshots of the guide. Run by hand, with chromium on the PATH: node test/screenshots.ts

const columns = 100
const fontSize = 14
const lineHeight = 20
const padding = 20

const repository = join(import.meta.dirname, '..')

/** What each code of src/report/paint.ts looks like, as CSS. */
const styles: Readonly<Record<string, string>> = {
  '1;4': 'font-weight:bold;text-decoration:underline',
  '1': 'font-weight:bold',
  '2': 'color:#8b949e',
  '1;31': 'font-weight:bold;color:#ff7b72',
  '1;32': 'font-weight:bold;color:#7ee787',
  '1;33': 'font-weight:bold;color:#e3b341',
  '1;34': 'font-weight:bold;color:#79c0ff',
  '36': 'color:#76e3ea',
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function toHtml(text: string): string {
  const painted = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`, 'g')
  return text
    .replaceAll(/[&<>]/g, (character) => escapes[character] ?? character)
    .replaceAll(painted, (_, code: string) => (code === '0' ? '</span>' : `<span style="${styles[code] ?? ''}">`))
}

function page(text: string): string {
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #0d1117 }
pre { margin: 0; padding: ${padding}px; color: #e6edf3; font: ${fontSize}px/${lineHeight}px "DejaVu Sans Mono", monospace }
</style><pre>${toHtml(text)}</pre>`
}

async function shown(args: readonly string[]): Promise<string> {
  let out = ''
  const terminal = {
    out: (text: string) => void (out += text),
    error: (text: string) => void (out += text),
    readInput: () => Promise.resolve(''),
    run: () => 'missing' as const,
    colors: true,
    width: columns,
    now: () => new Date(),
  }
  await run(args, '', { terminal })
  return `$ holdfast ${args.join(' ')}\n${out}`.trimEnd()
}

function take(text: string, file: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-screenshot-'))
  const source = join(folder, 'page.html')
  writeFileSync(source, page(text))
  const height = text.split('\n').length * lineHeight + 2 * padding
  // A character of DejaVu Sans Mono is 0.602 times as wide as it is high.
  const width = Math.ceil(columns * fontSize * 0.602) + 2 * padding
  const looks = [
    '--headless',
    '--no-sandbox',
    '--hide-scrollbars',
    '--disable-lcd-text',
    '--force-device-scale-factor=1.5',
  ]
  execFileSync('chromium', [...looks, `--window-size=${width},${height}`, `--screenshot=${file}`, `file://${source}`])
  rmSync(folder, { recursive: true })
}

process.chdir(join(repository, 'docs/guide/samples'))
take(await shown(['check', '.']), join(repository, 'docs/images/check.png'))
take(await shown(['fix', 'class.yaml']), join(repository, 'docs/images/fix.png'))

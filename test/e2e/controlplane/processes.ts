import { runCommand } from './command.ts'

/** The command lines of this machine's processes that hold a text, such as a control plane's folder. */
export async function commandLinesWith(text: string): Promise<readonly string[]> {
  const { stdout } = await runCommand('ps', ['-A', '-ww', '-o', 'args='])
  return stdout.split('\n').filter((line) => line.includes(text))
}

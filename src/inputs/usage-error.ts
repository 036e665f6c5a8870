/** Input that a command cannot work with; told as it is, without a stack, and ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

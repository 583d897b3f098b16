/** A text in single quotes, as every POSIX shell and fish read it. */
export function quoteShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

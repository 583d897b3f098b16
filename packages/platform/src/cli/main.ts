const help = `Usage: trimtab [options] <command>

Reads what a company spends, finds what to change, and proves on the bill what the change saved.

Options:
  -V, --version  print the version
  -h, --help     print this help
`;

/**
 * Runs the command line.
 *
 * Sets `process.exitCode`: 0 when help was asked for, 2 when the arguments name nothing known.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const asksForHelp = argv.length === 0 || argv[0] === "--help" || argv[0] === "-h";
  if (asksForHelp) {
    process.stdout.write(help);
    return;
  }
  process.stderr.write(`Unknown command: ${JSON.stringify(argv[0])}. Try \`trimtab --help\`.\n`);
  process.exitCode = 2;
}

interface Command {
  readonly tool: string;
  readonly args: readonly string[];
  readonly lookups?: { readonly [name: string]: Pick<Command, "tool" | "args"> } | undefined;
}

/** A command as one would type it: the server runs the list of words as it is, without a shell. */
export const commandText = ({ tool, args, lookups = {} }: Command): string =>
  [
    quoted(tool),
    ...args.map((word) => {
      const lookup = Object.hasOwn(lookups, word) ? lookups[word] : undefined;
      return lookup === undefined ? quoted(word) : `"$(${commandText(lookup)})"`;
    }),
  ].join(" ");

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

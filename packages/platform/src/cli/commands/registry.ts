import type { Command, CommandGroup } from "../command.ts";

/** What `trimtab --help` shows of a command without loading it; a test compares it with the command itself. */
export interface CommandEntry {
  readonly group: CommandGroup;
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every command, in the order of the help page. A name with a space is a sub-command. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  doctor: {
    group: "help",
    summary: "check the machine, the clouds' tools and the lake, and say how to mend them",
    load: async () => (await import("./doctor.ts")).doctorCommand,
  },
  version: {
    group: "help",
    summary: "print the version and where things are",
    load: async () => (await import("./version.ts")).versionCommand,
  },
};

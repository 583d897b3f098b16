import type { Commands } from "../command.ts";

/** Looking after what is kept: the lake, and what people decided. */
export const KEEP_COMMANDS: Commands = {
  "lake history": {
    group: "lake",
    summary: "list what each version of the lake loaded and replaced",
    load: async () => (await import("./lake-history.ts")).lakeHistoryCommand,
  },
  "lake diff": {
    group: "lake",
    summary: "say what a restatement changed, by day and service, and why",
    load: async () => (await import("./lake-diff.ts")).lakeDiffCommand,
  },
  "lake quarantine": {
    group: "lake",
    summary: "list the rows of the bills that could not be read, and why",
    load: async () => (await import("./lake-quarantine.ts")).lakeQuarantineCommand,
  },
  "lake ddl": {
    group: "lake",
    summary: "print how another engine reads exactly this version's files",
    load: async () => (await import("./lake-ddl.ts")).lakeDdlCommand,
  },
  "lake publish": {
    group: "lake",
    summary: "bring a cluster to a version of the lake, all of it at one moment",
    load: async () => (await import("./lake-publish.ts")).lakePublishCommand,
  },
  "lake compact": {
    group: "lake",
    summary: "write slow loads again in better files, with the same charges to the last digit",
    load: async () => (await import("./lake-compact.ts")).lakeCompactCommand,
  },
  "lake expire": {
    group: "lake",
    summary: "let go of old versions and of files that no version needs",
    load: async () => (await import("./lake-expire.ts")).lakeExpireCommand,
  },
  "lake verify": {
    group: "lake",
    summary: "read every row of the lake and compare counts and sums with its manifest",
    load: async () => (await import("./lake-verify.ts")).lakeVerifyCommand,
  },
  "state status": {
    group: "state",
    summary: "say where the state database is, what it holds and whether it is whole",
    load: async () => (await import("./state-status.ts")).stateStatusCommand,
  },
  "state migrate": {
    group: "state",
    summary: "set the state database up, or bring an older one to this version",
    load: async () => (await import("./state-migrate.ts")).stateMigrateCommand,
  },
  "state backup": {
    group: "state",
    summary: "write all that people decided into one file",
    load: async () => (await import("./state-backup.ts")).stateBackupCommand,
  },
  "state restore": {
    group: "state",
    summary: "put a backup in the place of the state database, all of it or nothing",
    load: async () => (await import("./state-restore.ts")).stateRestoreCommand,
  },
  "state rotate-key": {
    group: "state",
    summary: "encrypt the secrets with a new key",
    load: async () => (await import("./state-rotate-key.ts")).stateRotateKeyCommand,
  },
  "audit verify": {
    group: "state",
    summary: "recompute the audit log's chain of hashes and say whether it is whole",
    load: async () => (await import("./audit-verify.ts")).auditVerifyCommand,
  },
  people: {
    group: "state",
    summary: "list who can sign in, with role, teams and state",
    load: async () => (await import("./people.ts")).peopleCommand,
  },
  "people link": {
    group: "state",
    summary: "make a one-time link by which somebody comes in or sets a new password",
    load: async () => (await import("./people-link.ts")).peopleLinkCommand,
  },
};

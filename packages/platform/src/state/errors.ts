import { defineErrors } from "@trimtab/domain";

/** What can go wrong with the database of what people decide. Places never hold a password. */
export const stateErrors = defineErrors({
  STATE_PLACE_INVALID: {
    message: "{option} names no place for the state database: {reason}",
    hint: "Give a file, or postgres://USER:PASSWORD@HOST:PORT/DATABASE with special characters of the password percent-encoded (@ as %40, / as %2F, # as %23).",
    exitCode: 2,
  },
  STATE_NOT_REACHABLE: {
    message: "The state database {place} can't be reached: {reason}",
    hint: "Check that PostgreSQL runs there, and DATABASE_URL; `trimtab doctor` looks again.",
    exitCode: 3,
  },
  STATE_ACCESS_REFUSED: {
    message: "The state database {place} refused access: {reason}",
    hint: "Check user, password and database in DATABASE_URL. The user needs CREATE on the database, or to own the schema trimtab.",
    exitCode: 3,
  },
  STATE_CONNECTION_LOST: {
    message: "The connection to the state database {place} was lost: {reason}",
    why: "What was being written was not committed, so nothing of it is there.",
    hint: "Run the command again once PostgreSQL answers.",
    exitCode: 3,
  },
  STATE_COMMIT_UNCERTAIN: {
    message: "The connection to {place} was lost while a change was committed: {reason}",
    why: "Either all of the change is there or nothing; the answer that says which was lost.",
    hint: "Look before you repeat it: `trimtab state status` shows the newest entry of the audit log.",
    exitCode: 3,
  },
  STATE_NOT_WRITABLE: {
    message: "The state database {place} can't be written or read: {reason}",
    hint: "Mend the permissions of its folder, or choose another place with --state or TRIMTAB_STATE.",
    exitCode: 3,
  },
  STATE_DISK_FULL: {
    message: "There is no room left for the state database {place}: {reason}",
    why: "The change was not committed; the database is as it was.",
    hint: "Free disk space, then run the command again.",
    exitCode: 3,
  },
  STATE_BUSY: {
    message: "The state database {place} was busy for too long: {reason}",
    hint: "Another process holds it; run the command again when that one has finished.",
    exitCode: 3,
  },
  STATE_DAMAGED: {
    message: "The state database {place} is damaged: {reason}",
    hint: "Move it away with its -wal and -shm files, then restore a backup: `trimtab state restore FILE`.",
    exitCode: 3,
  },
  STATE_FOREIGN: {
    message: "{place} is a database of another program",
    why: "Trimtab adds no tables to a database that it did not make.",
    hint: "Choose another place with --state or TRIMTAB_STATE.",
    exitCode: 2,
  },
  STATE_NEWER: {
    message:
      "The state database {place} was made by a newer Trimtab: it has {unknown}, which this one does not know",
    hint: "Update Trimtab, or restore a backup that is as old as this version into another place.",
    exitCode: 2,
  },
  STATE_NOT_MIGRATED: {
    message: "The state database {place} is not set up for this version: {pending} is missing",
    hint: "Run `trimtab state migrate`.",
    exitCode: 2,
  },
  STATE_MIGRATION_FAILED: {
    message: "The state database {place} could not be brought to this version: {migration}: {reason}",
    why: "Migrations are one transaction: the database is as it was before.",
    hint: "Run again with TRIMTAB_DEBUG=1 and report what it prints; the older version still works.",
    exitCode: 3,
  },
  STATE_REFUSED: {
    message: "The state database {place} refused a statement: {reason}",
    hint: "This is a fault in Trimtab if the database is whole; `trimtab doctor` checks it. Nothing was changed.",
    exitCode: 3,
  },
  STATE_CONFLICT: {
    message: "{subject} was changed by somebody else in the meantime",
    why: "Two people decided at once; the first one's decision stands.",
    hint: "Look at it again, then decide.",
    exitCode: 1,
    status: 409,
  },
  STATE_ACCESS_TOO_LOW: {
    message: "{subject} is shared with you, but not to be changed like that",
    hint: "Ask its owner; only owners and admins share and delete.",
    exitCode: 2,
    status: 403,
  },
  STATE_NOT_FOUND: {
    message: "There is no {kind} {id}",
    hint: "List what there is, and copy its id.",
    exitCode: 2,
    status: 404,
  },
  STATE_EXISTS: {
    message: "There is already {subject}",
    hint: "Change that one, or choose another name.",
    exitCode: 2,
    status: 409,
  },
  STATE_LINK_GONE: {
    message: "This link can't be used",
    why: "It was used, has expired or was replaced by a newer one.",
    hint: "Ask an admin for a new one, or on the server's machine run `trimtab people link EMAIL`.",
    exitCode: 2,
    status: 410,
  },
  STATE_MOVE_REFUSED: {
    message: "{subject} can't become {status}: {reason}",
    hint: "Give what is missing, or take the step before first.",
    exitCode: 2,
    status: 422,
  },
  STATE_INPUT_INVALID: {
    message: "{field} of {subject} can't be kept: {reason}",
    hint: "Mend it and try again; nothing was written.",
    exitCode: 2,
    status: 422,
  },
  STATE_RECORD_INVALID: {
    message: "{subject} holds what this version can't read: {reason}",
    why: "It was written by another program or a later version, or changed by hand.",
    hint: "Update Trimtab, or restore a backup.",
    exitCode: 3,
  },
  STATE_APPROVAL_REFUSED: {
    message: "Plan {plan} can't be approved so: {reason}",
    hint: "Look at the plan as it is now, then approve what you have read.",
    exitCode: 2,
    status: 409,
  },
  STATE_PLAN_EXPIRED: {
    message: "Plan {plan} expired at {expiresAt}",
    why: "What was true when it was made may be so no longer.",
    hint: "Make a new plan and have it approved.",
    exitCode: 2,
    status: 409,
  },
  STATE_JOURNAL_REFUSED: {
    message: "Step {step} of plan {plan} can't be journalled: {reason}",
    why: "No step of a plan runs twice.",
    hint: "Resume the plan; it looks at the live system where a step is in doubt.",
    exitCode: 1,
    status: 409,
  },
  STATE_LEASE_HELD: {
    message: "{holder} works on {name} until {until}",
    hint: "Wait for it; a process that died lets go at that time.",
    exitCode: 1,
    status: 409,
  },
  STATE_LEASE_LOST: {
    message: "The hold on {name} is lost: it ran out, or another process took it over",
    why: "Two processes must not work on it at once.",
    hint: "Stop, see who works on it now, then resume.",
    exitCode: 3,
  },
  STATE_KEY_MISSING: {
    message: "There is no key for secrets: {reason}",
    hint: "Set TRIMTAB_SECRET_KEY to 32 random bytes in base64 (`openssl rand -base64 32`) on every machine that uses this database, and keep it where backups are not.",
    exitCode: 2,
  },
  STATE_KEY_INVALID: {
    message: "{source} holds no key: {reason}",
    hint: "A key is 32 random bytes as 44 characters of base64 or 64 of hex: `openssl rand -base64 32`.",
    exitCode: 2,
  },
  STATE_KEY_EXPOSED: {
    message: "Others may read the key file {file} (mode {mode})",
    hint: "Run `chmod 600 {file}`; if others could have read it, change the key with `trimtab state rotate-key`.",
    exitCode: 3,
  },
  STATE_KEY_WRONG: {
    message: "The secrets of {place} were encrypted with another key: it is {expected}, {source} is {found}",
    hint: "Give the key that this database was used with. Without it its secrets are lost and must be set again.",
    exitCode: 2,
  },
  STATE_SECRET_DAMAGED: {
    message: "Secret {name} can't be decrypted",
    why: "Its key is right, so the stored text was changed or belongs to another name.",
    hint: "Set it again.",
    exitCode: 3,
  },
  STATE_BACKUP_EXISTS: {
    message: "{file} is already there",
    hint: "Choose another name; backups are never overwritten.",
    exitCode: 2,
  },
  STATE_BACKUP_INVALID: {
    message: "{file} is no whole backup: {reason}",
    hint: "Take another backup; nothing was restored.",
    exitCode: 2,
  },
  STATE_BACKUP_NEWER: {
    message: "{file} was made by a newer Trimtab: it has {unknown}, which this one does not know",
    hint: "Update Trimtab; nothing was restored.",
    exitCode: 2,
  },
  STATE_NOT_EMPTY: {
    message: "The state database {place} holds {rows} rows already",
    why: "A restore replaces everything that people decided since.",
    hint: "Back it up (`trimtab state backup FILE`), then restore with --replace.",
    exitCode: 2,
  },
});

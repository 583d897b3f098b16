import { hostname, userInfo } from "node:os";

/** Who uses the command line, for the audit log: TRIMTAB_ACTOR, else the account and the machine. */
export function actorOf(env: Readonly<Record<string, string | undefined>>): string {
  return env.TRIMTAB_ACTOR?.trim() || `${accountName()}@${hostname()}`;
}

/** A container may run under a number that has no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? "unknown"}`;
  }
}

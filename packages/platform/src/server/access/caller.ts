import type { Scope } from "../../query/types.ts";
import type { Permission, Role } from "./permissions.ts";

/** Whoever makes a request: a person in a browser, or a program with a token. */
export interface Caller {
  readonly kind: "person" | "token";
  /** Of the person; a token acts for the person who made it. */
  readonly personId: string;
  /** How the audit log and the journal name them: the email address, with a token's name behind it. */
  readonly actor: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  /** The charges that may be seen: handed to every query as it is, never widened. */
  readonly scope: Scope;
}

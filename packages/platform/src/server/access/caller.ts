import type { Scope } from "../../query/types.ts";
import type { Permission, Role } from "./permissions.ts";

/** Whoever makes a request: a person in a browser, a program with a person's token, or a service with a token of its own issuer. */
export interface Caller {
  readonly kind: "person" | "token" | "service";
  /** Of the person; a token acts for the person who made it, a service is nobody's: `service:<name>`. */
  readonly personId: string;
  /** Of a person in a browser. */
  readonly sessionId?: string;
  /** How the audit log and the journal name them: the email address, with a token's name behind it. */
  readonly actor: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  /** The charges that may be seen: handed to every query as it is, never widened. */
  readonly scope: Scope;
}

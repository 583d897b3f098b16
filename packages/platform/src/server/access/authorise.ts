import type { RouteContract } from "../contract.ts";
import { serverErrors } from "../errors.ts";
import type { Caller } from "./caller.ts";
import { accessErrors } from "./errors.ts";

/** What of a route decides who may use it. */
export type RouteAccess = Pick<RouteContract, "access" | "scope" | "personsOnly">;

/**
 * Whether a caller may use a route at all; which rows of its answer they see is decided by their scope.
 * @throws SERVER_NOT_SIGNED_IN, SERVER_NOT_ALLOWED, ACCESS_PERSONS_ONLY, SERVER_SCOPE_TOO_NARROW
 */
export const authorise = <C extends Caller | undefined>(
  { access, scope, personsOnly }: RouteAccess,
  caller: C,
): NonNullable<C> => {
  if (caller === undefined) throw serverErrors.create("SERVER_NOT_SIGNED_IN");
  const { actor, kind, permissions } = caller;
  if (access !== "public" && !permissions.has(access))
    throw serverErrors.create("SERVER_NOT_ALLOWED", { actor, permission: access });
  if (personsOnly === true && kind !== "person") throw accessErrors.create("ACCESS_PERSONS_ONLY");
  if (scope === "unrestricted" && caller.scope !== "unrestricted")
    throw serverErrors.create("SERVER_SCOPE_TOO_NARROW", { actor });
  return caller;
};

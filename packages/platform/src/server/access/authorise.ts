import type { RouteContract } from "../contract.ts";
import type { Caller } from "./caller.ts";
import { accessErrors } from "./errors.ts";

/** What of a route decides who may use it. */
export type RouteAccess = Pick<RouteContract, "access" | "scope" | "personsOnly">;

/**
 * Whether a caller may use a route at all; which rows of its answer they see is decided by their scope.
 * @throws ACCESS_SIGN_IN_NEEDED, ACCESS_PERMISSION_MISSING, ACCESS_PERSONS_ONLY, ACCESS_SCOPE_RESTRICTED
 */
export const authorise = ({ access, scope, personsOnly }: RouteAccess, caller: Caller | undefined): void => {
  if (access === "public") return;
  if (caller === undefined) throw accessErrors.create("ACCESS_SIGN_IN_NEEDED");
  const { actor, kind, permissions } = caller;
  if (!permissions.has(access))
    throw accessErrors.create("ACCESS_PERMISSION_MISSING", { permission: access, actor });
  if (personsOnly === true && kind !== "person") throw accessErrors.create("ACCESS_PERSONS_ONLY");
  if (scope === "unrestricted" && caller.scope !== "unrestricted")
    throw accessErrors.create("ACCESS_SCOPE_RESTRICTED", { actor });
};

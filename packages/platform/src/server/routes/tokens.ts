import { instantOf } from "@trimtab/domain";
import { type ApiToken, addApiToken, listApiTokens, revokeApiToken } from "../../state/api-tokens.ts";
import type { State } from "../../state/state.ts";
import type { Caller } from "../access/caller.ts";
import { accessErrors } from "../access/errors.ts";
import { PERMISSIONS } from "../access/permissions.ts";
import { newToken } from "../access/secret-codes.ts";
import type { RouteHandlers } from "../contract.ts";
import type { tokensContracts } from "../contracts/tokens.ts";
import { serverErrors } from "../errors.ts";

const LONGEST_MS = 366 * 86_400_000;

const shown = ({ permissions, ...token }: ApiToken) => ({
  ...token,
  permissions: PERMISSIONS.filter((known) => permissions.includes(known)),
});

const mayAdminister = ({ permissions }: Caller): boolean => permissions.has("administer");

export const tokensHandlers = (state: State): RouteHandlers<typeof tokensContracts> => ({
  listTokens: async ({ caller, query }) => {
    if (query.all === true && !mayAdminister(caller))
      throw serverErrors.create("SERVER_NOT_ALLOWED", {
        permission: "administer",
        actor: caller.actor,
      });
    const items = await listApiTokens(state, query.all === true ? undefined : caller.personId);
    return { items: items.map(shown) };
  },
  createToken: async ({ caller, body }) => {
    const refuse = (reason: string) => accessErrors.create("ACCESS_TOKEN_REFUSED", { reason });
    const beyond = body.permissions.find((permission) => !caller.permissions.has(permission));
    if (beyond !== undefined) throw refuse(`you don't have the permission ${beyond} yourself`);
    const now = state.clock();
    const expiresAt = new Date(body.expiresAt);
    if (expiresAt <= now) throw refuse("it would have expired already");
    if (expiresAt.getTime() - now.getTime() > LONGEST_MS) throw refuse("it would hold for more than a year");
    const { code, hash, prefix } = newToken();
    const id = await addApiToken(state, caller.actor, {
      personId: caller.personId,
      name: body.name,
      prefix,
      secretHash: hash,
      permissions: PERMISSIONS.filter((known) => body.permissions.includes(known)),
      expiresAt: instantOf(expiresAt),
    });
    const made = (await listApiTokens(state, caller.personId)).find((token) => token.id === id);
    if (made === undefined) throw refuse("it was taken back at once");
    return { token: shown(made), secret: code };
  },
  revokeToken: async ({ caller, params }) => {
    const own = mayAdminister(caller) ? {} : { personId: caller.personId };
    await revokeApiToken(state, caller.actor, { id: params.id, ...own });
    return null;
  },
});

import type { Json } from "@trimtab/domain";
import { type Filter, filterSchema } from "../../query/types.ts";
import type { State } from "../../state/state.ts";
import {
  addTeamMember,
  changeTeam,
  createTeam,
  listTeams,
  removeTeam,
  removeTeamMember,
  type Team,
} from "../../state/teams.ts";
import { checkScope, NOTHING, scopeText } from "../access/row-scope.ts";
import type { RouteHandlers } from "../contract.ts";
import type { teamsContracts } from "../contracts/teams.ts";

const shown = ({ scope: text, members, ...team }: Team) => {
  const scope = text === null ? null : readFilter(text);
  return { ...team, members: [...members], scope, scopeText: scopeText(scope ?? "unrestricted") };
};

/** One that this version can't read shows nothing, and that is what is told of it. */
const readFilter = (text: string): Filter => {
  const parsed = filterSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : NOTHING;
};

const checked = (scope: Filter | null): Json | null =>
  scope === null ? null : (checkScope(scope) as unknown as Json);

export const teamsHandlers = (state: State): RouteHandlers<typeof teamsContracts> => ({
  listTeams: async () => ({ items: (await listTeams(state)).map(shown) }),
  listTeamNames: async () => ({ items: (await listTeams(state)).map(({ id, name }) => ({ id, name })) }),
  createTeam: async ({ caller, body }) =>
    shown(await createTeam(state, caller.actor, { name: body.name, scope: checked(body.scope) })),
  changeTeam: async ({ caller, params, body }) => {
    const { scope, ...rest } = body;
    const change = { id: params.id, ...rest, ...(scope === undefined ? {} : { scope: checked(scope) }) };
    return shown(await changeTeam(state, caller.actor, change));
  },
  removeTeam: async ({ caller, params }) => {
    await removeTeam(state, caller.actor, params.id);
    return null;
  },
  addTeamMember: async ({ caller, params }) =>
    shown(await addTeamMember(state, caller.actor, { teamId: params.id, personId: params.personId })),
  removeTeamMember: async ({ caller, params }) =>
    shown(await removeTeamMember(state, caller.actor, { teamId: params.id, personId: params.personId })),
});

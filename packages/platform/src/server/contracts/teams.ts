import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { id, instant, label, named, rowScope } from "./access-shapes.ts";

const team = z.strictObject({
  id,
  name: z.string(),
  /** Which charges its members see; null: all. */
  scope: rowScope,
  /** The scope as the query language writes it. */
  scopeText: z.string(),
  members: z.array(named),
  updatedAt: instant,
  version: z.int(),
});

const params = z.object({ id });

export const teamsContracts = defineRoutes({
  listTeams: {
    method: "GET",
    path: "/api/v1/teams",
    summary: "Every team with what it sees and who is in it",
    tag: "Teams",
    access: "administer",
    scope: "unrestricted",
    response: z.strictObject({ items: z.array(team) }),
  },
  listTeamNames: {
    method: "GET",
    path: "/api/v1/teams/names",
    summary: "Names of teams, for sharing and assigning",
    tag: "Teams",
    access: "read",
    scope: "none",
    response: z.strictObject({ items: z.array(named) }),
  },
  createTeam: {
    method: "POST",
    path: "/api/v1/teams",
    summary: "A new team",
    tag: "Teams",
    access: "administer",
    scope: "unrestricted",
    personsOnly: true,
    body: z.strictObject({ name: label, scope: rowScope }),
    response: team,
    status: 201,
  },
  changeTeam: {
    method: "PATCH",
    path: "/api/v1/teams/:id",
    summary: "Changes a team's name or what it sees, from the next request on",
    tag: "Teams",
    access: "administer",
    scope: "unrestricted",
    personsOnly: true,
    params,
    body: z.strictObject({
      version: z.int().min(1),
      name: label.optional(),
      scope: rowScope.optional(),
    }),
    response: team,
  },
  removeTeam: {
    method: "DELETE",
    path: "/api/v1/teams/:id",
    summary: "Removes a team; its members lose what they saw by it",
    tag: "Teams",
    access: "administer",
    scope: "unrestricted",
    personsOnly: true,
    params,
    response: z.null(),
    status: 204,
  },
  addTeamMember: {
    method: "PUT",
    path: "/api/v1/teams/:id/members/:personId",
    summary: "Puts somebody into a team",
    tag: "Teams",
    access: "administer",
    scope: "unrestricted",
    personsOnly: true,
    params: z.object({ id, personId: id }),
    response: team,
  },
  removeTeamMember: {
    method: "DELETE",
    path: "/api/v1/teams/:id/members/:personId",
    summary: "Takes somebody out of a team",
    tag: "Teams",
    access: "administer",
    scope: "unrestricted",
    personsOnly: true,
    params: z.object({ id, personId: id }),
    response: team,
  },
});

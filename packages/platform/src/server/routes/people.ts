import { invitePerson, makePersonLink } from "../../state/one-time-links.ts";
import { changePerson, listPeople, type Person, readPerson } from "../../state/people.ts";
import type { State } from "../../state/state.ts";
import { peopleNames } from "../access/people-names.ts";
import { ROLES } from "../access/permissions.ts";
import { linkPath, newLinkCode } from "../access/secret-codes.ts";
import type { RouteHandlers } from "../contract.ts";
import type { peopleContracts } from "../contracts/people.ts";

const INVITE_VALID_MS = 7 * 86_400_000;
const RESET_VALID_MS = 24 * 3600_000;

/** A role that this version does not know is shown as the least. */
const shown = ({ role, ...person }: Person) => ({
  ...person,
  teams: [...person.teams],
  role: ROLES.find((known) => known === role) ?? ("viewer" as const),
});

export const peopleHandlers = (state: State): RouteHandlers<typeof peopleContracts> => ({
  listPeople: async () => ({ items: (await listPeople(state)).map(shown) }),
  listPeopleNames: async ({ caller: { permissions, personId } }) => {
    const people = await listPeople(state);
    const names = peopleNames(people);
    const maySee = (id: string) => id === personId || permissions.has("administer");
    return {
      items: people
        .filter(({ status }) => status !== "off")
        .map(({ id, email }) => ({ id, name: names.nameOf({ id }), ...(maySee(id) ? { email } : {}) })),
    };
  },
  invitePerson: async ({ caller, body }) => {
    const { code, hash } = newLinkCode();
    const draft = { codeHash: hash, validMs: INVITE_VALID_MS };
    const { person, expiresAt } = await invitePerson(state, caller.actor, body, draft);
    return { person: shown(person), link: { code, path: linkPath(code), expiresAt } };
  },
  changePerson: async ({ caller, params, body }) =>
    shown(await changePerson(state, caller.actor, { id: params.id, ...body })),
  makePersonLink: async ({ caller, params }) => {
    const { status } = await readPerson(state, params.id);
    const { code, hash } = newLinkCode();
    const draft = { codeHash: hash, validMs: status === "invited" ? INVITE_VALID_MS : RESET_VALID_MS };
    const expiresAt = await makePersonLink(state, caller.actor, params.id, draft);
    return { code, path: linkPath(code), expiresAt };
  },
});

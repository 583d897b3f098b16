import { listPeople, type Person } from "../../state/people.ts";
import type { State } from "../../state/state.ts";

/**
 * How people are named to each other. The state database names them by address; answers name them by a name that nobody
 * else has, so that addresses are given to admins only.
 */
export interface PeopleNames {
  /** Of somebody who is called so; the name alone where one person has it, else with what tells them apart. */
  nameOf(person: Pick<Person, "id">): string;
  /** Who has this address. */
  personOf(address: string): Person | undefined;
  /** With the names of people in place of their addresses: `ada@example.com (token ci)` → `Ada (token ci)`. */
  told(actor: string): string;
  /** What somebody says: mentions by address become mentions by name. Other addresses were written on purpose. */
  toldText(text: string): string;
  /** The way back, before a text is kept: `@Ada` → `@ada@example.com`. Names change, and nobody else is meant then. */
  keptText(text: string): string;
}

const ADDRESS = /[^\s@,;:()<>"]+@[\w-]+(?:\.[\w-]+)+/g;
const MENTION = /(?<![\w@.])@([^\s@,;:()<>"]+@[\w-]+(?:\.[\w-]+)+)/g;

export const readPeopleNames = async (state: State): Promise<PeopleNames> =>
  peopleNames(await listPeople(state));

type Named = Pick<Person, "id" | "email" | "name" | "teams" | "createdAt" | "status">;

export const peopleNames = <P extends Named>(people: readonly P[]) => {
  const names = distinctNames(people);
  const byAddress = new Map(people.map((person) => [person.email.toLowerCase(), person]));
  const personOf = (address: string): P | undefined => byAddress.get(address.toLowerCase());
  const nameOf = ({ id }: Pick<Named, "id">): string => names.get(id) ?? "somebody";
  const toldAddress = (address: string): string => {
    const person = personOf(address);
    return person === undefined ? address : nameOf(person);
  };
  const byName = new Map(
    people.filter(({ status }) => status !== "off").map((person) => [fold(nameOf(person)), person.email]),
  );
  return {
    nameOf,
    personOf,
    told: (actor: string) => actor.replace(ADDRESS, toldAddress),
    toldText: (text: string) => text.replace(MENTION, (_, address: string) => `@${toldAddress(address)}`),
    keptText: (text: string) =>
      byName.size === 0
        ? text
        : text.replace(mentionOfAny([...byName.keys()]), (said, name: string) => {
            const address = byName.get(fold(name));
            return address === undefined ? said : `@${address}`;
          }),
  };
};

/** Addresses that a kept text mentions. */
export const mentionsIn = (text: string): readonly string[] =>
  [...text.matchAll(MENTION)].map(([, address = ""]) => address.toLowerCase());

const fold = (name: string): string => name.trim().replace(/\s+/g, " ").toLowerCase();

/** The longest name counts: with an Ada and an Ada Byron, `@Ada Byron` is the latter. */
const mentionOfAny = (names: readonly string[]): RegExp => {
  const any = names
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"))
    .join("|");
  return new RegExp(`(?<![\\p{L}\\p{N}_@.])@(${any})(?![\\p{L}\\p{N}_@])`, "giu");
};

/** Two of one name are told apart by their teams, else by who was there first. */
const distinctNames = (people: readonly Named[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const inOrder = people.toSorted(
    (a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1),
  );
  for (const alike of Map.groupBy(inOrder, ({ name }) => fold(name)).values()) {
    const teams = alike.map((person) => person.teams.map(({ name }) => name).join(", "));
    const areTeamsTelling = !teams.includes("") && new Set(teams.map(fold)).size === alike.length;
    for (const [index, { id, name }] of alike.entries()) {
      const plain = name.trim().replace(/\s+/g, " ");
      const isOnly = alike.length === 1 || (index === 0 && !areTeamsTelling);
      const wanted = isOnly ? plain : `${plain} (${areTeamsTelling ? teams[index] : index + 1})`;
      let own = wanted;
      for (let number = 2; taken.has(fold(own)); number++) own = `${wanted} (${number})`;
      taken.add(fold(own));
      found.set(id, own);
    }
  }
  return found;
};

import type { Person } from "../../state/people.ts";
import { defineCommand } from "../command.ts";
import type { Document } from "../output/document.ts";

export const peopleCommand = defineCommand({
  name: "people",
  summary: "list who can sign in, with role, teams and state",
  group: "state",
  details: [
    "`invited`: has not used the link yet. `off`: can't sign in. Roles, teams and invitations are changed in the web app, under Settings.",
  ],
  examples: [{ run: "trimtab people", does: "who can sign in" }],
  async run({ services }) {
    const { listPeople } = await import("../../state/people.ts");
    const people = await listPeople(await services.openState());
    return { document: describe(people), json: { people } };
  },
});

const describe = (people: readonly Person[]): Document => ({
  title:
    people.length === 0
      ? "Nobody can sign in yet: `trimtab serve` prints a link for the first admin"
      : `${people.length} ${people.length === 1 ? "person" : "people"}`,
  blocks:
    people.length === 0
      ? []
      : [
          {
            kind: "table",
            id: "people",
            columns: ["Email", "Name", "Role", "Teams", "State", "Last sign-in"].map((name) => ({
              name,
              kind: "text",
            })),
            rows: people.map(({ email, name, role, teams, status, lastSignInAt }) => [
              email,
              name,
              role,
              teams.map((team) => team.name).join(", "),
              status,
              lastSignInAt ?? "never",
            ]),
          },
        ],
});

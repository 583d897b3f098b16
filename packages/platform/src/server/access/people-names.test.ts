import type { Instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { mentionsIn, peopleNames } from "./people-names.ts";

const person = (id: string, name: string, more: { teams?: string[]; status?: "off" } = {}) => ({
  id,
  name,
  email: `${id}@example.com`,
  teams: (more.teams ?? []).map((team) => ({ id: team, name: team })),
  createdAt: `2026-01-0${id.length}T00:00:00.000Z` as Instant,
  status: more.status ?? ("active" as const),
});

describe("names of people", () => {
  it("are told in place of addresses, with what else an actor says", () => {
    const names = peopleNames([person("ada", "Ada Byron")]);
    expect(names.told("ada@example.com")).toBe("Ada Byron");
    expect(names.told("Ada@Example.com")).toBe("Ada Byron");
    expect(names.told("ada@example.com (token ci)")).toBe("Ada Byron (token ci)");
    expect(names.told("ada@example.com, server 12 on host.example.com")).toBe(
      "Ada Byron, server 12 on host.example.com",
    );
    for (const other of ["service:ci", "root@build-7", "xada@example.com"])
      expect(names.told(other)).toBe(other);
  });

  it("differ: by teams where they tell people apart, else by who was first", () => {
    const byTeam = peopleNames([
      person("a", "Ada", { teams: ["Platform"] }),
      person("bb", "ada ", { teams: ["Finance"] }),
    ]);
    expect(byTeam.told("a@example.com and bb@example.com")).toBe("Ada (Platform) and ada (Finance)");
    const byNumber = peopleNames([
      person("ccc", "Ada (2)"),
      person("bb", "Ada", { teams: ["Platform"] }),
      person("a", "Ada", { teams: ["Platform"] }),
    ]);
    expect(["a", "bb", "ccc"].map((id) => byNumber.nameOf({ id }))).toEqual([
      "Ada",
      "Ada (2)",
      "Ada (2) (2)",
    ]);
  });

  it("are mentioned, kept as addresses, and told again as they are called then", () => {
    const people = [person("a", "Ada"), person("bb", "Ada Byron"), person("ccc", "Åsa O'Neil (1)")];
    const names = peopleNames(people);
    const said = "@ada byron, @Ada and @Åsa O'Neil (1): ask bb@example.com or @nobody, not x@ada";
    const kept = names.keptText(said);
    expect(kept).toBe(
      "@bb@example.com, @a@example.com and @ccc@example.com: ask bb@example.com or @nobody, not x@ada",
    );
    expect(mentionsIn(kept)).toEqual(["bb@example.com", "a@example.com", "ccc@example.com"]);
    expect(names.toldText(kept)).toBe(
      "@Ada Byron, @Ada and @Åsa O'Neil (1): ask bb@example.com or @nobody, not x@ada",
    );
    const renamed = peopleNames([person("a", "Ada King"), ...people.slice(1)]);
    expect(renamed.toldText(kept)).toContain("@Ada King and");
    expect(renamed.keptText("@Adam")).toBe("@Adam");
  });

  it("of somebody who can't sign in any more are told, and not mentioned anew", () => {
    const names = peopleNames([person("a", "Ada", { status: "off" })]);
    expect(names.told("a@example.com")).toBe("Ada");
    expect(names.keptText("@Ada")).toBe("@Ada");
  });

  it("hold nothing that a pattern would take for its own", () => {
    const names = peopleNames([person("a", "A.* (x|y) $1")]);
    expect(names.keptText("@A.* (x|y) $1 and @Abc")).toBe("@a@example.com and @Abc");
    expect(names.toldText("@a@example.com")).toBe("@A.* (x|y) $1");
  });
});

import { describe, expect, it } from "vitest";
import type { BlockOf } from "../../components/report/report-types.ts";
import {
  asksForProgramme,
  asksForTags,
  MOST_TAGS,
  programmeChoices,
  withDataset,
  withProgramme,
  withTags,
} from "./dataset-choice.ts";

const block = (change: Partial<BlockOf<"dataset">> = {}): BlockOf<"dataset"> => ({
  type: "dataset",
  id: "dataset-1",
  title: "Savings waterfall",
  dataset: "savings-waterfall",
  limit: 50,
  ...change,
});

const programmes = [
  { id: "programme-1", name: "Autumn" },
  { id: "programme-2", name: "Winter" },
];

describe("a data set's programme", () => {
  it("is one of those there are, by name, or the only one", () => {
    expect(programmeChoices(block(), programmes)).toEqual({
      value: "",
      choices: [
        { value: "", title: "The only one there is" },
        { value: "programme-1", title: "Autumn" },
        { value: "programme-2", title: "Winter" },
      ],
    });
  });

  it("is found by its id and by its name", () => {
    expect(programmeChoices(block({ programme: "programme-2" }), programmes).value).toBe("programme-2");
    expect(programmeChoices(block({ programme: "Winter" }), programmes).value).toBe("programme-2");
  });

  it("that is gone is still shown, and is not exchanged for another", () => {
    const { value, choices } = programmeChoices(block({ programme: "Spring" }), programmes);
    expect(value).toBe("Spring");
    expect(choices.at(-1)).toEqual({ value: "Spring", title: "Spring, which is not there" });
  });

  it("is not called gone before programmes are read", () => {
    const { value, choices } = programmeChoices(block({ programme: "programme-1" }), undefined);
    expect(value).toBe("programme-1");
    expect(choices.at(-1)).toEqual({ value: "programme-1", title: "…" });
  });

  it("is left out where none is chosen", () => {
    expect(withProgramme(block(), "programme-1").programme).toBe("programme-1");
    expect(withProgramme(block({ programme: "programme-1" }), "")).toEqual(block());
  });

  it("stays with a data set that asks for one, and goes with one that does not", () => {
    const named = block({ programme: "programme-1" });
    expect(withDataset(named, "programme-status")).toEqual({
      ...named,
      dataset: "programme-status",
      title: "Programme status",
    });
    const tags = withDataset(named, "tag-coverage");
    expect(tags).toEqual(block({ dataset: "tag-coverage", title: "Tag coverage" }));
    expect(asksForProgramme(tags)).toBe(false);
  });

  it("leaves a title of somebody's own as it is", () => {
    expect(withDataset(block({ title: "Ours" }), "programme-status").title).toBe("Ours");
  });
});

describe("the tags of tag coverage", () => {
  const coverage = block({ dataset: "tag-coverage", title: "Tag coverage" });

  it("are the lines that say something, each once", () => {
    expect(withTags(coverage, " team\n\ncost center \nteam").tags).toEqual(["team", "cost center"]);
  });

  it("are left to the data set where none is named", () => {
    expect(withTags({ ...coverage, tags: ["team"] }, " \n")).toEqual(coverage);
  });

  it("are not more than a report may name", () => {
    const lines = Array.from({ length: MOST_TAGS + 5 }, (_, index) => `tag-${index}`).join("\n");
    expect(withTags(coverage, lines).tags).toHaveLength(MOST_TAGS);
  });

  it("go with another data set", () => {
    const other = withDataset({ ...coverage, tags: ["team"] }, "programme-status");
    expect(other.tags).toBeUndefined();
    expect([asksForTags(coverage), asksForTags(other)]).toEqual([true, false]);
  });
});

import { describe, expect, it } from "vitest";
import type { CsvDialect, InputHeader, SourceDefinition } from "../lake/source-definition.ts";
import { azureCostSource } from "./azure-cost/azure-source.ts";
import { focusSource } from "./focus/focus-source.ts";
import { recogniseSource } from "./recognise.ts";

const FOCUS = ["BilledCost", "BillingCurrency", "BillingPeriodStart", "ChargeCategory", "ChargePeriodStart"];
const AZURE = ["SubscriptionId", "Date", "Cost", "Currency", "ConsumedService", "ResourceId", "PricingModel"];

const header = (names: readonly string[]): InputHeader => ({
  format: "csv",
  columns: names.map((name) => ({ name, type: "VARCHAR" })),
  sample: [],
});

const semicolons: SourceDefinition = {
  ...focusSource,
  id: "semicolons",
  csv: { ...focusSource.csv, delimiter: ";" },
};
const sources = { focus: focusSource, "azure-cost": azureCostSource };

const recognise = (names: readonly string[], more: Partial<Parameters<typeof recogniseSource>[0]> = {}) =>
  recogniseSource({ file: "bill", format: "csv", sources, readHeader: async () => header(names), ...more });

describe("recogniseSource", () => {
  it("finds the one source that knows the columns", async () => {
    expect((await recognise(FOCUS)).source.id).toBe("focus");
    expect((await recognise(AZURE)).source.id).toBe("azure-cost");
  });

  it("says what every source looked for when none does", async () => {
    const error = await recognise(["a", "b"]).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "SOURCE_NOT_RECOGNISED", hint: expect.stringContaining("csv") });
    expect(String(error)).toMatch(/focus: looked for BilledCost.*azure-cost: not found/);
  });

  it("names both when two do", async () => {
    await expect(recognise([...FOCUS, ...AZURE])).rejects.toMatchObject({
      code: "SOURCE_AMBIGUOUS",
      message: expect.stringMatching(/focus .* or azure-cost /),
    });
  });

  it("reads the header once per dialect and passes over a dialect that can't", async () => {
    const asked: string[] = [];
    const readHeader = async ({ delimiter }: CsvDialect) => {
      asked.push(delimiter);
      if (delimiter === ";") throw new Error("no header");
      return header(FOCUS);
    };
    const found = await recognise([], { sources: { ...sources, semicolons }, readHeader });
    expect(found.source.id).toBe("focus");
    expect(asked).toEqual([",", ";"]);
  });

  it("rethrows when no dialect can read a header", async () => {
    const readHeader = async () => Promise.reject(new Error("damaged"));
    await expect(recognise([], { readHeader })).rejects.toThrow("damaged");
  });

  it("obeys --source, with a variant too, and checks both", async () => {
    const said = await recognise(AZURE, { as: "azure-cost:amortized" });
    expect(said.recognition).toMatchObject({ variant: "amortized" });
    expect((await recognise([...FOCUS, ...AZURE], { as: "focus" })).source.id).toBe("focus");
    await expect(recognise(AZURE, { as: "nothing" })).rejects.toMatchObject({ code: "SOURCE_UNKNOWN" });
    await expect(recognise(AZURE, { as: "__proto__" })).rejects.toMatchObject({ code: "SOURCE_UNKNOWN" });
    await expect(recognise(AZURE, { as: "azure-cost:x" })).rejects.toMatchObject({
      code: "SOURCE_VARIANT_UNKNOWN",
    });
    await expect(recognise(AZURE, { as: "focus" })).rejects.toMatchObject({ code: "SOURCE_NOT_AS_SAID" });
  });
});

import { describe, expect, test } from "vitest";
import { FOCUS_COLUMNS } from "./data/cost-and-usage-columns.ts";
import { SERVICE_SUBCATEGORIES_BY_CATEGORY } from "./data/service-categories.ts";
import { FOCUS_VERSIONS, type FocusColumn } from "./focus-column.ts";
import { FOCUS_DATASETS, type FocusDataset, focusColumns } from "./focus-columns.ts";
import { LAKE_COLUMNS } from "./lake-columns.ts";

const names = (columns: readonly FocusColumn[]) => columns.map((column) => column.name);

describe("FOCUS", () => {
  /** The numbers of columns that the specification's own change log gives. */
  const counts: Record<FocusDataset, number[]> = {
    CostAndUsage: [43, 50, 57, 65, 65],
    ContractCommitment: [0, 0, 0, 13, 30],
    InvoiceDetail: [0, 0, 0, 0, 22],
    BillingPeriod: [0, 0, 0, 0, 6],
  };
  test.each(Object.keys(FOCUS_DATASETS) as FocusDataset[])("%s grows as published", (dataset) => {
    expect(FOCUS_VERSIONS.map((version) => focusColumns(version, dataset).length)).toEqual(counts[dataset]);
    expect(new Set(names(FOCUS_DATASETS[dataset])).size).toBe(FOCUS_DATASETS[dataset].length);
  });

  test("1.4 differs from 1.3 by two columns lost and two won", () => {
    const before = names(focusColumns("1.3"));
    const after = names(focusColumns("1.4"));
    expect(before.filter((name) => !after.includes(name))).toEqual(["ProviderName", "PublisherName"]);
    expect(after.filter((name) => !before.includes(name))).toEqual([
      "CommitmentProgramEligibilityDetails",
      "InvoiceDetailId",
    ]);
  });

  test("metrics are decimals", () => {
    for (const columns of Object.values<readonly FocusColumn[]>(FOCUS_DATASETS)) {
      for (const { name, type, kind } of columns)
        expect([name, kind === "metric"]).toEqual([name, type === "decimal"]);
    }
  });

  test("a subcategory has one category", () => {
    const all = Object.values(SERVICE_SUBCATEGORIES_BY_CATEGORY).flat();
    expect(Object.keys(SERVICE_SUBCATEGORIES_BY_CATEGORY)).toHaveLength(19);
    expect(new Set(all).size).toBe(all.length);
    const column: FocusColumn | undefined = FOCUS_COLUMNS.find(({ name }) => name === "ServiceSubcategory");
    expect(column?.allowed).toEqual(all);
  });
});

describe("the lake", () => {
  test("holds the 65 columns of 1.4 in a fixed order", () => {
    expect(names(LAKE_COLUMNS)).toEqual(names(focusColumns("1.4")));
    expect(names(LAKE_COLUMNS)).toEqual(names(LAKE_COLUMNS).toSorted());
    expect(LAKE_COLUMNS.filter(({ type }) => type === "map").map(({ name }) => name)).toEqual(["Tags"]);
  });
});

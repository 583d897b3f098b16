import { add, decimal, formatDecimal, ZERO } from "@trimtab/domain";
import { expect, test } from "vitest";
import { splitLines } from "./split-lines.ts";

test("the parts sum to the change, and what is nothing is left out", () => {
  const lines = splitLines({
    ...{ before: "100.000000000001", after: "70.5", change: "-29.500000000001", drift: "2.1" },
    ...{ counterfactual: "101.7", actual: "70.2" },
    effects: {
      ...{ usage: "-29.4", rate: "-0.1", commitment: "0", credit: "0.000", tax: "0", correction: "0" },
      ...{ "month-length": "0", rounding: "-0.000000000001" },
    },
  });
  expect(lines.map(({ name }) => name)).toEqual(["The plan", "Use, anyway", "Prices", "Rounding"]);
  const sum = lines.map(({ amount }) => decimal(amount)).reduce(add, ZERO);
  expect(formatDecimal(sum)).toBe("-29.500000000001");
});

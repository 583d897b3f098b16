import { expect, it } from "vitest";
import { RESOURCE_KINDS } from "../evidence/inventory/settings-schemas.ts";
import { KINDS } from "./inventory-options.ts";

it("the command line offers every kind there is", () => {
  expect([...KINDS]).toEqual(RESOURCE_KINDS);
});

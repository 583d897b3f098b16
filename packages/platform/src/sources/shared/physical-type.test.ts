import { describe, expect, it } from "vitest";
import { parsePhysicalType } from "./physical-type.ts";

describe("parsePhysicalType", () => {
  it("reads nested structs and lists", () => {
    const type = parsePhysicalType(
      'STRUCT(id VARCHAR, labels STRUCT("key" VARCHAR, "value" VARCHAR)[], price DECIMAL(38,9))',
    );
    expect([...type.fields.keys()]).toEqual(["id", "labels", "price"]);
    expect(type.fields.get("labels")?.lists).toBe(1);
    expect([...(type.fields.get("labels")?.fields.keys() ?? [])]).toEqual(["key", "value"]);
    expect(type.fields.get("price")?.name).toBe("DECIMAL(38,9)");
  });

  it("keeps names with spaces, commas and quotes whole", () => {
    const type = parsePhysicalType('STRUCT("a, b" VARCHAR, "c""d" BIGINT)[][]');
    expect(type.lists).toBe(2);
    expect([...type.fields.keys()]).toEqual(["a, b", 'c"d']);
  });
});

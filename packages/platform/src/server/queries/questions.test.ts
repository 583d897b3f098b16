import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Scope } from "../../query/types.ts";
import { openBillLake } from "../../testing/bill-lake.ts";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { openTestServer } from "../../testing/test-server.ts";

const { signal } = new AbortController();
const only = (service: string): Scope => ({ dimension: "ServiceName", op: "=", value: service });

const openQuestions = async (rulesFile?: string) => {
  const bills = await openBillLake();
  const load = async (amount: string) => {
    writeFocusBill(join(bills.folder, "bill.csv"), [
      { day: "2026-06-01", billed: amount, service: "Compute" },
      { day: "2026-06-02", billed: "7", service: "Storage" },
    ]);
    await bills.load(["bill.csv"]);
  };
  await load("1");
  const rules = rulesFile === undefined ? {} : { given: { rulesFile: join(bills.folder, rulesFile) } };
  if (rulesFile !== undefined) writeFileSync(join(bills.folder, rulesFile), rulesNaming("Machines"));
  const server = await openTestServer({ lake: bills.lake, ...rules });
  return { ...server, load, folder: bills.folder, questions: server.parts.questions };
};

const rulesNaming = (value: string): string =>
  [
    "version: 1",
    "dimensions:",
    "  area:",
    "    otherwise: Rest",
    "    rules:",
    "      - where: ServiceName = 'Compute'",
    `        value: ${value}`,
    "",
  ].join("\n");

describe("the server's questions", () => {
  it("gives nobody an answer of another scope, however often it was asked", async () => {
    const { questions } = await openQuestions();
    const request = { measures: ["billed"] };
    const total = async (scope: Scope) =>
      (await questions.query(request, { owner: "anna", scope, signal })).total;
    expect(await total("unrestricted")).toEqual(["8"]);
    expect(await total(only("Compute"))).toEqual(["1"]);
    expect(await total(only("Storage"))).toEqual(["7"]);
    expect(await total("unrestricted")).toEqual(["8"]);
    expect(questions.figures).toMatchObject({ asked: 4, fromCache: 1 });
  });

  it("takes a question spelled otherwise for the same one", async () => {
    const { questions } = await openQuestions();
    const asking = { owner: "anna", scope: "unrestricted", signal } as const;
    const first = await questions.query({ measures: ["billed"], by: ["ServiceName"] }, asking);
    const second = await questions.query({ by: ["servicename"], measures: ["BILLED"], orderBy: [] }, asking);
    expect(second).toBe(first);
  });

  it("keeps apart what currency, time zone and version make another answer", async () => {
    const { questions } = await openQuestions();
    const asking = { owner: "anna", scope: "unrestricted", signal } as const;
    const request = { measures: ["billed"] };
    await questions.query(request, asking);
    await questions.query(request, { ...asking, currency: "USD" });
    await questions.query(request, { ...asking, timeZone: "Europe/Berlin" });
    expect(questions.figures.fromCache).toBe(0);
    await questions.query(request, { ...asking, lakeVersion: 1 });
    expect(questions.figures.fromCache).toBe(1);
    await expect(questions.query(request, { ...asking, lakeVersion: 9 })).rejects.toMatchObject({
      code: "LAKE_VERSION_UNKNOWN",
    });
  });

  it("sees what another process loads, within seconds", async () => {
    const { questions, load } = await openQuestions();
    const asking = { owner: "anna", scope: "unrestricted", signal } as const;
    const total = async () => (await questions.query({ measures: ["billed"] }, asking)).total;
    expect(await total()).toEqual(["8"]);
    await load("2");
    await expect.poll(total, { timeout: 10_000 }).toEqual(["9"]);
  });

  it("answers by rules that were edited since", async () => {
    const { questions, folder } = await openQuestions("rules.yaml");
    const asking = { owner: "anna", scope: "unrestricted", signal } as const;
    const areas = async () =>
      (await questions.query({ measures: ["billed"], by: ["area"] }, asking)).rows.map(([name]) => name);
    expect(await areas()).toEqual(["Rest", "Machines"]);
    await wait(10);
    writeFileSync(join(folder, "rules.yaml"), rulesNaming("Computers"));
    await expect.poll(areas, { timeout: 10_000 }).toEqual(["Rest", "Computers"]);
  });

  it("answers an empty lake", async () => {
    const { parts } = await openTestServer();
    const asking = { owner: "anna", scope: "unrestricted", signal } as const;
    const result = await parts.questions.query({ measures: ["billed"] }, asking);
    expect(result).toMatchObject({ lakeVersion: 0, answeredBy: "nothing" });
  });
});

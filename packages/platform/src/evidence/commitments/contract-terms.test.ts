import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openLake } from "../../lake/lake.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { readContractTerms } from "./contract-terms.ts";

const HEADER =
  "ContractId,contractcommitmentid,ContractCommitmentCategory,ContractCommitmentType,ContractCommitmentDescription,ContractCommitmentPeriodStart,ContractCommitmentPeriodEnd,ContractPeriodStart,ContractPeriodEnd";
const row = (id: string, end: string) =>
  `c-1,${id},Spend,Savings Plan,"Compute, one year",2026-01-01T00:00:00Z,${end},2026-01-01T00:00:00Z,2027-01-01T00:00:00Z`;
const REGION =
  '{"InclusionOperator":"And","Inclusions":[{"Dimension":"RegionId","Operator":"In","Values":["eu-west-1"]}]}';

it("contracts are loaded beside the charges; of each commitment the newest load counts", async () => {
  const cwd = tempFolder();
  const root = join(cwd, "lake");
  const ingest = async (file: string, text: string, now: string) => {
    await writeFile(join(cwd, file), text);
    return await runCli(["ingest", file, "--lake", root], { cwd, now });
  };
  const first = await ingest(
    "one.csv",
    [HEADER, row("sp-1", "2026-12-31T00:00:00Z"), row("sp-2", "soon"), ""].join("\n"),
    "2026-06-01T00:00:00Z",
  );
  expect([first.code, first.err]).toEqual([0, ""]);
  expect(first.out).toMatch(/contract-commitments +2/);
  expect(first.out).toContain("when commitments end");
  const scoped = `${HEADER},ContractCommitmentApplicability\n${row("sp-1", "2027-12-31T00:00:00Z")},"${REGION.replaceAll('"', '""')}"\n`;
  expect((await ingest("two.csv", scoped, "2026-06-02T00:00:00Z")).code).toBe(0);

  const lake = await openLake({ root, clock: () => new Date("2026-07-01T00:00:00Z"), threads: 1 });
  try {
    const [plan, other] = await readContractTerms(lake);
    expect(plan).toMatchObject({
      id: "sp-1",
      words: "Savings Plan Compute, one year",
      end: "2027-12-31T00:00:00Z",
    });
    expect([plan?.scope?.({ RegionId: "eu-west-1" }), plan?.scope?.({ RegionId: "us-east-1" })]).toEqual([
      true,
      false,
    ]);
    // An end that can't be read is not known.
    expect(other).toEqual({ id: "sp-2", words: "Savings Plan Compute, one year" });
  } finally {
    lake.close();
  }
});

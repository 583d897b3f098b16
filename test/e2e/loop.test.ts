import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { add, type Decimal, decimal, formatDecimal, subtract, ZERO } from "@trimtab/domain";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sharedDemo } from "../../packages/platform/src/testing/shared-demo.ts";

const bin = resolve(import.meta.dirname, "../../packages/platform/bin/trimtab.js");
const folder = mkdtempSync(join(tmpdir(), "trimtab-loop-"));
const { FORCE_COLOR: _forced, NO_COLOR: _without, ...inherited } = process.env;
const AT = "2026-02-01T00:00:00Z";
let lake: string;
beforeAll(async () => {
  ({ lake } = await sharedDemo("aiprod"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the program as its user does; nothing but what it says counts. */
function trimtab(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: {
      ...inherited,
      XDG_DATA_HOME: join(folder, "data"),
      TRIMTAB_LAKE: lake,
      TRIMTAB_STATE: join(folder, "state.db"),
    },
  });
  expect(status, `${args.join(" ")}\n${stderr}`).toBe(0);
  return stdout;
}

interface Advised {
  readonly id: string;
  readonly title: string;
  readonly key: { readonly advisor: string; readonly scope: string };
  readonly saving: {
    readonly lines: readonly {
      readonly about: string;
      readonly units: { readonly mid: string };
      readonly price: { readonly price: string; readonly origin: { readonly kind: string } };
    }[];
    readonly gross: { readonly mid: string };
    readonly net: { readonly mid: string };
  };
}

interface Waterfall {
  readonly start: string;
  readonly end: { readonly mid: string };
  readonly saved: { readonly mid: string };
  readonly steps: readonly { readonly title: string; readonly marginal: { readonly mid: string } }[];
}

const sum = (amounts: readonly string[]): Decimal => amounts.map(decimal).reduce(add, ZERO);

it("goes from an estate's bill to a programme whose parts sum exactly", { timeout: 300_000 }, async () => {
  const { recommendations } = JSON.parse(trimtab("advise", "--at", AT, "--json")) as {
    readonly recommendations: readonly Advised[];
  };
  const found = recommendations.map(({ title, saving, key }) => [
    Number(saving.net.mid).toFixed(2),
    key.advisor,
    `${title}  (${key.scope})`,
  ]);
  await expect(`${found.map((words) => words.join("  ")).join("\n")}\n`).toMatchFileSnapshot(
    "goldens/aiprod-advice.txt",
  );

  // Six vCPUs and thirteen and a half GiB less, for 730 hours, at what the bill charges.
  const primary = recommendations.find(({ title }) => title.includes("pipelines-primary"));
  expect(
    primary?.saving.lines.map(({ units, price }) => [units.mid, price.price, price.origin.kind]),
  ).toEqual([
    ["4380", "0.0826", "bill"],
    ["9855", "0.014", "bill"],
  ]);
  expect(primary?.saving.gross.mid).toBe("499.758");

  const chosen = recommendations.slice(0, 2);
  trimtab("recommendations", "accept", ...chosen.map(({ id }) => id));
  trimtab("programme", "create", "First savings");
  const { start, end, saved, steps } = JSON.parse(trimtab("programme", "waterfall", "--json")) as Waterfall;
  expect(steps.map(({ title }) => title).toSorted()).toEqual(chosen.map(({ title }) => title).toSorted());
  const parts = sum(steps.map(({ marginal }) => marginal.mid));
  expect(formatDecimal(parts)).toBe(saved.mid);
  expect(formatDecimal(subtract(decimal(start), parts))).toBe(end.mid);
  expect(formatDecimal(sum(chosen.map(({ saving }) => saving.net.mid)))).toBe(saved.mid);

  const listed = trimtab("recommendations");
  for (const project of ["aiprod-v33 us-central1", "aiprod-v33-staging us-central1"])
    expect(listed).toMatch(new RegExp(`pipeline-api: .*${project} `));

  const loop = JSON.parse(trimtab("run", "--at", AT, "--format", "json"));
  for (const part of ["analysis", "advice", "programme"]) expect(loop[part].status).toBe("done");
  expect(loop.programme).toMatchObject({ isKept: true, waterfall: { saved: { mid: saved.mid } } });
  expect(loop.checklists.before.length).toBeGreaterThan(0);

  const summary = trimtab("summary");
  expect(summary).toContain("First savings");
  expect(summary).toContain("0 of 2 done");
  for (const { title } of chosen) expect(summary).toContain(title);
});

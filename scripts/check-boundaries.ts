import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** A file that breaks a rule on purpose, and the rule that must say so. */
interface PlantedViolation {
  readonly file: string;
  readonly code: string;
  readonly rule: string;
}

interface CruiseReport {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

const repository = dirname(import.meta.dirname);
const settings = [".dependency-cruiser.cjs", "tsconfig.json", "tsconfig.base.json", "package.json"];

const planted: readonly PlantedViolation[] = [
  {
    file: "packages/domain/src/planted-relative.ts",
    code: 'export { main } from "../../platform/src/cli/main.ts";\n',
    rule: "domain-imports-nothing",
  },
  {
    file: "packages/domain/src/planted-package.ts",
    code: 'export { main } from "trimtab";\n',
    rule: "domain-imports-nothing",
  },
  {
    file: "packages/platform/src/sql/planted-relative.ts",
    code: 'export { main } from "../cli/main.ts";\n',
    rule: "sql-never-imports-up",
  },
  {
    file: "packages/platform/src/sql/planted-package.ts",
    code: 'export { DuckDBInstance } from "@duckdb/node-api";\n',
    rule: "only-lake-imports-duckdb",
  },
  {
    file: "packages/platform/src/state/planted-relative.ts",
    code: 'export { openLake } from "../lake/lake.ts";\n',
    rule: "state-knows-no-other-room",
  },
  {
    file: "packages/platform/src/lake/planted-sqlite.ts",
    code: 'export { DatabaseSync } from "node:sqlite";\n',
    rule: "only-state-imports-its-databases",
  },
  {
    file: "packages/platform/src/insight/planted-state.ts",
    code: 'export { openState } from "../state/open-state.ts";\n',
    rule: "insight-never-imports-up",
  },
  {
    file: "packages/web/src/api/planted-code.ts",
    code: 'export { api } from "trimtab/api";\n',
    rule: "web-imports-no-code-of-the-contract",
  },
  {
    file: "packages/web/src/pages/planted-room.tsx",
    code: 'export type { QueryContext } from "../../../platform/src/query/types.ts";\n',
    rule: "web-takes-types-of-the-contract-only",
  },
  {
    file: "packages/platform/src/sql/planted-unresolved.ts",
    code: 'export { nothing } from "./no-such-file.ts";\n',
    rule: "could-not-resolve",
  },
];

/** A copy of what the check reads, whose package links point into the copy. */
async function copyTree(to: string): Promise<void> {
  for (const name of settings) await cp(join(repository, name), join(to, name));
  await cp(join(repository, "packages"), join(to, "packages"), {
    recursive: true,
    filter: (path) => !/[/\\](node_modules|dist)$/.test(path),
  });
  await mkdir(join(to, "node_modules/@trimtab"), { recursive: true });
  await symlink("../../packages/domain", join(to, "node_modules/@trimtab/domain"), "dir");
  await symlink("../packages/platform", join(to, "node_modules/trimtab"), "dir");
  for (const name of await readdir(join(repository, "node_modules"))) {
    if (name === "trimtab" || name === "@trimtab" || name.startsWith(".")) continue;
    await symlink(join(repository, "node_modules", name), join(to, "node_modules", name), "dir");
  }
}

async function cruise(root: string): Promise<CruiseReport> {
  const bin = join(repository, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const args = [bin, "packages", "--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

function missed(report: CruiseReport): string[] {
  const caught = (violation: PlantedViolation) =>
    report.summary.violations.some(
      ({ from, rule }) => from === violation.file && rule.name === violation.rule,
    );
  return planted.filter((violation) => !caught(violation)).map(({ file, rule }) => `${file} (${rule})`);
}

const copy = await mkdtemp(join(tmpdir(), "trimtab-boundaries-"));
try {
  await copyTree(copy);
  for (const { file, code } of planted) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await writeFile(join(copy, file), code);
  }
  const report = await cruise(copy);
  const unseen = missed(report);
  if (unseen.length > 0) {
    process.stderr.write(
      `Planted violations that the boundary check did not see:\n  ${unseen.join("\n  ")}\n`,
    );
    process.exitCode = 1;
  } else {
    process.stdout.write(
      `Boundaries: all ${planted.length} planted violations were refused (${report.summary.totalCruised} modules read).\n`,
    );
  }
} finally {
  await rm(copy, { recursive: true, force: true });
}

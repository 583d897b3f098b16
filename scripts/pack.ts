// Makes the tarball that is published: `node scripts/pack.ts [folder]`, by default into artifacts/.
// Node runs no TypeScript under node_modules, so both workspaces are compiled; domain travels inside trimtab.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

interface PackageJson {
  readonly exports?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

const run = promisify(execFile);
const repository = dirname(import.meta.dirname);
const droppedFields = new Set(["scripts", "devDependencies", "private"]);

/** What a workspace says of itself in the checkout, in terms of the compiled files. */
function toPublished(source: PackageJson, extra: Readonly<Record<string, unknown>>) {
  const kept = Object.fromEntries(Object.entries(source).filter(([field]) => !droppedFields.has(field)));
  const exports = Object.fromEntries(
    Object.entries(source.exports ?? {}).map(([subpath, path]) => [subpath, toCompiledExport(path)]),
  );
  return { ...kept, exports, ...extra };
}

function toCompiledExport(path: string): { types: string; default: string } | string {
  if (!path.startsWith("./src/") || !path.endsWith(".ts")) return path;
  const stem = path.replace("./src/", "./dist/").slice(0, -".ts".length);
  return { types: `${stem}.d.ts`, default: `${stem}.js` };
}

async function compile(outDir: string): Promise<void> {
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  await run(process.execPath, [tsc, "-p", join(repository, "tsconfig.build.json"), "--outDir", outDir]);
}

/** Puts one workspace, compiled, with the files it reads at run time, into `target`. */
async function stage(
  workspace: string,
  compiled: string,
  target: string,
  extra: Readonly<Record<string, unknown>>,
): Promise<void> {
  const source = join(repository, "packages", workspace);
  await mkdir(target, { recursive: true });
  await cp(join(compiled, workspace, "src"), join(target, "dist"), { recursive: true });
  await cp(join(source, "src"), join(target, "dist"), {
    recursive: true,
    filter: (path) => !path.endsWith(".ts") && !/src[/\\]testing([/\\]|$)|__snapshots__|goldens/.test(path),
  });
  await cp(join(repository, "LICENSE"), join(target, "LICENSE"));
  const manifest: PackageJson = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
  await writeFile(join(target, "package.json"), `${JSON.stringify(toPublished(manifest, extra), null, 2)}\n`);
}

async function copyIfPresent(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

/** Compiles, stages and packs; returns the path of the tarball. */
async function pack(outDir: string): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), "trimtab-pack-"));
  try {
    const compiled = join(work, "compiled");
    const staging = join(work, "trimtab");
    await compile(compiled);
    await stage("platform", compiled, staging, {
      files: ["bin", "dist"],
      bundleDependencies: ["@trimtab/domain"],
    });
    await stage("domain", compiled, join(staging, "node_modules/@trimtab/domain"), { files: ["dist"] });
    await cp(join(repository, "packages/platform/bin"), join(staging, "bin"), { recursive: true });
    await copyIfPresent(join(repository, "README.md"), join(staging, "README.md"));
    await mkdir(outDir, { recursive: true });
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", outDir], { cwd: staging });
    const reports: readonly { readonly filename: string }[] = Object.values(JSON.parse(stdout));
    const [report] = reports;
    if (report === undefined) throw new Error(`npm pack made no tarball: ${stdout}`);
    return join(outDir, report.filename);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const outDir = resolve(process.argv[2] ?? join(repository, "artifacts"));
process.stdout.write(`${await pack(outDir)}\n`);

// Builds the browser app into packages/web/dist and says what a browser has to load first: `npm run build:web`.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "vite";
import { firstLoadFiles, type ViteManifest } from "./first-load.ts";

const web = join(import.meta.dirname, "../../packages/web");
/** Compressed JavaScript of the page that is opened first; see docs/guides/web.md. */
const mostKib = 300;

await build({ configFile: join(web, "vite.config.ts"), logLevel: "warn", build: { manifest: true } });

/** The server hands these out as they are: the best compression takes too long to be made a request. */
for (const name of await readdir(join(web, "dist"), { recursive: true })) {
  if (!/\.(js|css|html|svg)$/.test(name)) continue;
  const path = join(web, "dist", name);
  const bytes = await readFile(path);
  await writeFile(`${path}.br`, brotliCompressSync(bytes));
  await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

const manifest: ViteManifest = JSON.parse(await readFile(join(web, "dist/.vite/manifest.json"), "utf8"));
const files = firstLoadFiles(manifest, ["index.html", "src/pages/overview/overview-page.tsx"]);
const sizes = await Promise.all(
  files.map(async (file) => {
    const bytes = await readFile(join(web, "dist", file));
    const [gzip, brotli] = await Promise.all(
      ["gz", "br"].map((kind) => stat(join(web, `dist/${file}.${kind}`))),
    );
    return { file, raw: bytes.length, gzip: gzip?.size ?? 0, brotli: brotli?.size ?? 0 };
  }),
);
const kib = (bytes: number): string => (bytes / 1024).toFixed(1).padStart(7);
for (const { file, raw, gzip, brotli } of sizes.toSorted((left, right) => right.raw - left.raw))
  process.stdout.write(`${kib(raw)} KiB  ${kib(gzip)} gzip  ${kib(brotli)} brotli  ${file}\n`);
const scripts = sizes.filter(({ file }) => file.endsWith(".js"));
const total = scripts.reduce((sum, { gzip }) => sum + gzip, 0) / 1024;
process.stdout.write(
  `First load of Overview: ${total.toFixed(1)} KiB of JavaScript with gzip, at most ${mostKib} KiB.\n`,
);
if (total > mostKib) process.exitCode = 1;

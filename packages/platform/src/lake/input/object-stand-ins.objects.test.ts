import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { isFolderRun, openTestStorage } from "../../testing/lake-root.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { openDatabase } from "../database.ts";
import { inspectFile, readHeader } from "./inspect-file.ts";
import { makeStandIns } from "./object-stand-ins.ts";

const dialect = { delimiter: ",", nullTexts: [] } as const;

describe.skipIf(isFolderRun)("bills in a bucket", () => {
  it("are told by their ends alone, whatever their size", async () => {
    const { storage, folder } = await openTestStorage(() => new Date());
    const database = await openDatabase({ threads: 1 });
    const local = (name: string, content: string | Buffer) => {
      const path = join(folder, "own", name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    };
    const row = () => `${randomBytes(40).toString("base64")},1.5\n`;
    const rows = Array.from({ length: 120_000 }, row).join("");
    const large = join(folder, "large.parquet");
    const values = "md5(CAST(i AS VARCHAR)) || md5(CAST(-i AS VARCHAR)) AS id, CAST(NULL AS DOUBLE) AS none";
    await database.run({
      text: `COPY (SELECT ${values} FROM range(400000) t(i)) TO '${large}' (FORMAT parquet)`,
    });
    const files = {
      "bills/2026-01/small.csv": local("small.csv", "id,cost\na,1\n"),
      "bills/2026-01/large.csv.gz": local("large.csv.gz", gzipSync(`id,cost\n${rows}`)),
      "bills/2026-02/large.parquet": local("large.parquet", readFileSync(large)),
      "bills/manifest.json": local("manifest.json", '{"a": 1}'),
      "billsother/x.csv": local("x.csv", "id,cost\n"),
    };
    const sizes = new Map(Object.entries(files).map(([key, path]) => [key, statSync(path).size]));
    expect(sizes.get("bills/2026-01/large.csv.gz")).toBeGreaterThan(4 * 1024 ** 2);
    expect(sizes.get("bills/2026-02/large.parquet")).toBeGreaterThan(4 * 1024 ** 2);
    const headers = new Map<string, unknown>();
    for (const [key, path] of Object.entries(files)) {
      const copy = local(`copy-${key.replaceAll("/", "-")}`, readFileSync(path));
      if (!key.endsWith(".json"))
        headers.set(key, await readHeader(await inspectFile(path), dialect, database));
      await storage.put(key, copy);
    }
    const made = await makeStandIns(`${storage.root}/bills`, tempFolder(), {});
    const keyOf = (url: string) => url.slice(storage.root.length + 1);
    expect(made.map(({ url }) => keyOf(url)).sort()).toEqual(
      Object.keys(files)
        .filter((key) => key.startsWith("bills/"))
        .sort(),
    );
    for (const { path, url } of made) {
      expect(statSync(path).size, url).toBe(sizes.get(keyOf(url)));
      const expected = headers.get(keyOf(url)) as { columns: unknown } | undefined;
      if (expected === undefined) continue;
      const header = await readHeader({ ...(await inspectFile(path)), isStandIn: true }, dialect, database);
      expect(header.columns, url).toEqual(expected.columns);
    }
    const some = await makeStandIns(`${storage.root}/bills/**/*.csv*`, tempFolder(), {});
    expect(some.map(({ url }) => keyOf(url)).sort()).toEqual([
      "bills/2026-01/large.csv.gz",
      "bills/2026-01/small.csv",
    ]);
    const one = await makeStandIns(`${storage.root}/bills/2026-01/small.csv`, tempFolder(), {});
    expect(one).toHaveLength(1);
    await expect(makeStandIns(`${storage.root}/nothing`, tempFolder(), {})).rejects.toMatchObject({
      code: "LAKE_INPUT_NOT_FOUND",
    });
    database.close();
  });
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type InsertContext,
  insertTableName,
  MAX_FOLDERS,
  sweepInsertTables,
  withInsertTable,
} from "./insert-table.ts";
import { openTrinoClient } from "./trino-client.ts";
import { readTrinoSettings } from "./trino-settings.ts";

type Row = readonly unknown[];
/** Rows of the answer, or the error. */
type Reply = { readonly rows?: readonly Row[]; readonly error?: { message: string; errorName: string } };

/** A coordinator that answers each statement as told: refusals and strangers that a healthy cluster can't be brought to. */
const openContext = async (reply: (statement: string) => Reply | undefined) => {
  const statements: string[] = [];
  const sessions: string[] = [];
  const server = createServer((request, response) => {
    let statement = "";
    request.on("data", (chunk) => (statement += String(chunk)));
    request.on("end", () => {
      statements.push(statement);
      sessions.push(String(request.headers["x-trino-session"]));
      const { rows = [], error } = reply(statement) ?? {};
      const columns = (rows[0] ?? []).map((_, index) => ({ name: `c${index}`, type: "varchar" }));
      response.writeHead(200, { "content-type": "application/json" });
      response.end(
        JSON.stringify({ id: "q", columns, data: rows, ...(error === undefined ? {} : { error }) }),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context: InsertContext = {
    client: openTrinoClient(readTrinoSettings({ TRIMTAB_TRINO_URL: url })),
    location: "s3://b/lake",
  };
  return { context, statements, sessions };
};

const request = {
  name: "trimtab_insert_x",
  folder: "charges/source=s/load=x",
  columns: [{ name: "ServiceName", type: "text" as const }],
};

describe("the table that an insert goes by", () => {
  it.each([
    ["CREATE", "Writes to non-managed Hive tables is disabled", "hive.non-managed-table-writes-enabled=true"],
    ["INSERT", "Cannot write to non-managed Hive table", "hive.non-managed-table-writes-enabled=true"],
    ["CREATE", "Cannot create non-managed Hive table", "hive.non-managed-table-creates-enabled=true"],
  ])("names the catalog's setting where %s is refused: %s", async (verb, message, setting) => {
    const { context } = await openContext((statement) =>
      statement.startsWith(verb) ? { error: { message, errorName: "NOT_SUPPORTED" } } : undefined,
    );
    await expect(
      withInsertTable(context, request, (table) => table.insert("SELECT 1", { files: 1 })),
    ).rejects.toMatchObject({ code: "CLUSTER_CATALOG_SETTING", details: { setting } });
  });

  it("names the setting where the table may not be dropped", async () => {
    const { context } = await openContext((statement) =>
      statement.startsWith("DROP")
        ? { error: { message: "Access Denied: Cannot drop table", errorName: "PERMISSION_DENIED" } }
        : undefined,
    );
    await expect(withInsertTable(context, request, async () => 1)).rejects.toMatchObject({
      code: "CLUSTER_CATALOG_SETTING",
      details: { setting: "hive.allow-drop-table=true" },
    });
  });

  it("hands over the new files below the lake's root, by as many writers as asked for", async () => {
    const path = "s3://b/lake/charges/source=s/load=x/f1";
    let isWritten = false;
    const { context, statements, sessions } = await openContext((statement) => {
      if (statement.startsWith("INSERT")) isWritten = true;
      if (statement.startsWith("INSERT")) return { rows: [["3"]] };
      return statement.startsWith("SELECT") && isWritten ? { rows: [[path, "77", "3"]] } : undefined;
    });
    const files = await withInsertTable(context, request, (table) => table.insert("SELECT 1", { files: 4 }));
    expect(files).toEqual([{ path: "charges/source=s/load=x/f1", bytes: 77, rows: 3 }]);
    expect(statements.at(-1)).toBe('DROP TABLE IF EXISTS "trimtab"."costs"."trimtab_insert_x"');
    expect(sessions[2]).toContain("max_writer_task_count=4");
    expect(sessions[0]).not.toContain("max_writer_task_count");
  });

  it.each([
    // Of one file each: the folders are shared out, and a writer that gets all of them keeps 128 MB.
    [{ files: 1, folders: 12 }, "max_writer_task_count=12", "use_preferred_write_partitioning=true", "10MB"],
    [
      { files: 1, folders: MAX_FOLDERS },
      "max_writer_task_count=16",
      "use_preferred_write_partitioning=true",
      "8MB",
    ],
    // Of several files: each writer makes one in every folder.
    [{ files: 3, folders: 4 }, "max_writer_task_count=3", "use_preferred_write_partitioning=false", "32MB"],
    [{ files: 1 }, "max_writer_task_count=1", "use_preferred_write_partitioning=false", "32MB"],
  ])("writes %j by as many writers as that takes", async (sharing, writers, partitioning, rowGroup) => {
    const path = "s3://b/lake/charges/source=s/load=x/f1";
    let isWritten = false;
    const { context, statements, sessions } = await openContext((statement) => {
      if (statement.startsWith("INSERT")) isWritten = true;
      if (statement.startsWith("INSERT")) return { rows: [["3"]] };
      return statement.startsWith("SELECT") && isWritten ? { rows: [[path, "77", "3"]] } : undefined;
    });
    const own = { ...request, folder: "charges", keys: ["source", "load"] };
    const files = await withInsertTable(context, own, (table) => table.insert("SELECT 1", sharing));
    expect(files.map((file) => file.path)).toEqual(["charges/source=s/load=x/f1"]);
    expect(statements[0]).toContain("partitioned_by = ARRAY['source', 'load']");
    expect(statements[2]).toContain(
      '("ServiceName", "source", "load") SELECT "ServiceName", "source", "load" FROM',
    );
    const session = sessions[2]?.split(/, */) ?? [];
    expect(session).toEqual(expect.arrayContaining([writers, partitioning]));
    expect(sessions[2]).toContain(`parquet_writer_block_size=${rowGroup}`);
  });

  it.each([
    ["more rows than were written", "s3://b/lake/charges/source=s/load=x/f1", "4"],
    ["files in another place", "s3://b/other/f1", "3"],
    ["files further down", "s3://b/lake/charges/source=s/load=x/more/f1", "3"],
  ])("refuses %s, and drops the table", async (_, path, count) => {
    let isWritten = false;
    const { context, statements } = await openContext((statement) => {
      if (statement.startsWith("INSERT")) isWritten = true;
      if (statement.startsWith("INSERT")) return { rows: [["3"]] };
      return statement.startsWith("SELECT") && isWritten ? { rows: [[path, "77", count]] } : undefined;
    });
    await expect(
      withInsertTable(context, request, (table) => table.insert("SELECT 1", { files: 1 })),
    ).rejects.toMatchObject({ code: "CLUSTER_FILES_DIFFER" });
    expect(statements.at(-1)).toMatch(/^DROP TABLE/);
  });

  it("is dropped a day after its insert died, and nothing else is", async () => {
    const ours = "trimtab insert: rows on their way into the lake; may be dropped, its files stay";
    const old = insertTableName("20261120T090309123Z-ab12cd34", "charges");
    const { context, statements } = await openContext((statement) =>
      statement.startsWith("SELECT")
        ? {
            rows: [
              [old, ours],
              [insertTableName("20261122T080309123Z-ab12cd34", "charges"), ours],
              [insertTableName("20261120T080309123Z-ab12cd34", "mine"), "somebody's"],
              ["charges_all_loads", "trimtab table"],
            ],
          }
        : undefined,
    );
    await sweepInsertTables(context, new Date("2026-11-22T09:00:00Z"));
    expect(old).toBe("trimtab_insert_20261120t090309123z_ab12cd34_charges");
    expect(statements.slice(1)).toEqual([`DROP TABLE IF EXISTS "trimtab"."costs"."${old}"`]);
  });
});

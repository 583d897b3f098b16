import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { openTestServer, type TestServer, type TestServerOptions } from "../../testing/test-server.ts";
import { listen } from "../listen.ts";
import { SERVER_LIMITS } from "../open-server.ts";

const bill = (billed = "12.5"): Buffer => {
  const path = join(tempFolder(), "bill.csv");
  return readFileSync(writeFocusBill(path, [{ day: "2026-06-01", billed }]));
};

const small = (uploads: Partial<typeof SERVER_LIMITS.uploads>): TestServerOptions => ({
  limits: { uploads: { ...SERVER_LIMITS.uploads, ...uploads } },
});

const send = async (server: TestServer, name: string, payload: Buffer, more = "") => {
  const answer = await server.app.inject({
    method: "POST",
    url: `/api/v1/uploads?name=${encodeURIComponent(name)}${more}`,
    headers: { ...server.as("operator"), "content-type": "application/octet-stream" },
    payload,
  });
  return { status: answer.statusCode, body: answer.json() };
};

/** What became of an upload. */
const outcome = async (server: TestServer, id: string) => {
  const read = async () => {
    const url = `/api/v1/uploads/${id}`;
    return (await server.app.inject({ method: "GET", url, headers: server.as("operator") })).json();
  };
  await expect.poll(async () => (await read()).status, { timeout: 60_000 }).toMatch(/loaded|failed/);
  return await read();
};

const sendAndWait = async (server: TestServer, name: string, payload: Buffer) =>
  await outcome(server, (await send(server, name, payload)).body.id);

const zipOf = async (files: Readonly<Record<string, Buffer>>): Promise<Buffer> => {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(files)) zip.file(name, content, { createFolders: false });
  return await zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
};

describe("uploads", () => {
  it.each([
    ["a CSV", "june.csv", async () => bill()],
    ["gzip", "june.csv.gz", async () => gzipSync(bill())],
    ["zstd", "june", async () => zstdCompressSync(bill())],
    ["a zip", "june.zip", async () => zipOf({ "export/june.csv": bill(), "__MACOSX/._june.csv": bill("1") })],
    ["a file named as the server's own record", "upload.json", async () => bill()],
    ["a zip named as the folder it is unpacked into", "unpacked", async () => zipOf({ "june.csv": bill() })],
  ])("loads %s as the command line would", async (_what, name, content) => {
    const server = await openTestServer();
    const sent = await send(server, name, await content());
    expect(sent).toMatchObject({
      status: 202,
      body: { name: expect.stringContaining(name), by: "operator@example.com", problem: null },
    });
    const done = await outcome(server, sent.body.id);
    expect(done).toMatchObject({ status: "loaded", result: { lakeVersion: 1, rows: 1, quarantined: 0 } });
    const { manifest } = await server.lake.snapshot();
    expect(manifest.loads[0]?.sums).toMatchObject({
      USD: { BilledCost: expect.stringMatching(/^12\.50*$/) },
    });
    const reconciled = await server.app.inject({
      method: "GET",
      url: "/api/v1/lake/reconciliation",
      headers: server.as("viewer"),
    });
    const { lines, filesGone } = reconciled.json();
    expect(filesGone).toEqual([]);
    expect(lines).toHaveLength(4);
    expect(lines.every(({ status }: { status: string }) => status === "exact")).toBe(true);
  });

  it("tells why a file was no bill, and keeps nothing of it", async () => {
    const server = await openTestServer();
    const done = await sendAndWait(server, "notes.csv", Buffer.from("a,b\n1,2\n"));
    expect(done).toMatchObject({
      status: "failed",
      result: null,
      problem: { code: "SOURCE_NOT_RECOGNISED" },
    });
    expect(readdirSync(join(server.folder, "uploads", done.id))).toEqual(["upload.json"]);
    expect((await server.lake.snapshot()).version).toBe(0);
  });

  it("takes no path from a name", async () => {
    const server = await openTestServer();
    const names = [
      "../../etc/passwd",
      "..\\..\\boot.ini",
      "/abs/olute.csv",
      "a\u0000b*?[x].csv",
      "...",
      "-rf",
    ];
    for (const name of names) {
      const { body } = await send(server, name, bill());
      expect(body.name).toMatch(/^\w[\w.-]*$/);
      expect(body.name).not.toContain("..");
      expect(existsSync(join(server.folder, "uploads", body.id, body.name))).toBe(true);
      await outcome(server, body.id);
    }
  });

  it("refuses a file over the limit before it stores it, and while it comes", async () => {
    const server = await openTestServer(small({ mostSentBytes: 1000 }));
    const declared = await server.app.inject({
      method: "POST",
      url: "/api/v1/uploads?name=large.csv",
      headers: {
        ...server.as("operator"),
        "content-type": "application/octet-stream",
        "content-length": String(5 * 1024 ** 3),
      },
      payload: Buffer.alloc(10),
    });
    expect(declared.json()).toMatchObject({ code: "UPLOAD_TOO_LARGE", status: 413 });
    const inPieces = server.parts.uploads.receive({
      name: "large.csv",
      bytes: (async function* () {
        for (let index = 0; index < 100; index += 1) yield Buffer.alloc(100);
      })(),
      declaredBytes: undefined,
      actor: "anna",
      source: undefined,
      exportName: undefined,
      isPartial: false,
    });
    await expect(inPieces).rejects.toMatchObject({ code: "UPLOAD_TOO_LARGE" });
    expect(readdirSync(join(server.folder, "uploads"))).toEqual(["_receiving"]);
    expect(readdirSync(join(server.folder, "uploads/_receiving"))).toEqual([]);
  });

  it("answers over a real connection while the file still comes, and leaves nothing of one that breaks", async () => {
    const server = await openTestServer(small({ mostSentBytes: 1_000_000 }));
    const address = await listen(server.app, "127.0.0.1", 0);
    const headers = { ...server.as("operator"), "content-type": "application/octet-stream" };
    const begin = (more: Record<string, string> = {}) =>
      request(`${address}/api/v1/uploads?name=large.csv`, {
        method: "POST",
        headers: { ...headers, ...more },
      });
    const answerOf = async (sending: ClientRequest) => {
      sending.on("error", () => undefined);
      const [answer] = (await once(sending, "response")) as [IncomingMessage];
      return answer.statusCode;
    };
    const declared = begin({ "content-length": String(5 * 1024 ** 3) });
    declared.write("a");
    expect(await answerOf(declared)).toBe(413);
    declared.destroy();
    const inPieces = begin();
    const answered = answerOf(inPieces);
    for (let piece = 0; piece < 40; piece += 1) inPieces.write(Buffer.alloc(100_000));
    expect(await answered).toBe(413);
    inPieces.destroy();
    const broken = begin({ "content-length": "500000" });
    broken.on("error", () => undefined);
    broken.write(Buffer.alloc(100_000));
    await expect.poll(() => readdirSync(join(server.folder, "uploads/_receiving")).length).toBe(1);
    broken.destroy();
    await expect.poll(() => readdirSync(join(server.folder, "uploads/_receiving"))).toEqual([]);
    expect(await server.parts.uploads.list()).toEqual([]);
  });

  it("keeps nothing of a file that was cut short, or that is empty", async () => {
    const server = await openTestServer();
    const cut = server.parts.uploads.receive({
      name: "cut.csv",
      bytes: (async function* () {
        yield bill();
      })(),
      declaredBytes: 1_000_000,
      actor: "anna",
      source: undefined,
      exportName: undefined,
      isPartial: false,
    });
    await expect(cut).rejects.toMatchObject({ code: "UPLOAD_CUT_SHORT" });
    expect((await send(server, "empty.csv", Buffer.alloc(0))).body).toMatchObject({ code: "UPLOAD_EMPTY" });
    expect(await server.parts.uploads.list()).toEqual([]);
  });

  it.each([
    ["gzip", (bytes: Buffer) => gzipSync(bytes, { level: 9 })],
    ["zstd", (bytes: Buffer) => zstdCompressSync(bytes)],
  ])("refuses a bomb of %s", async (_name, compress) => {
    const server = await openTestServer(small({ mostBytes: 10_000_000 }));
    const done = await sendAndWait(server, "bomb.csv", compress(Buffer.alloc(20_000_000)));
    expect(done).toMatchObject({
      status: "failed",
      problem: { code: "UPLOAD_REFUSED", detail: expect.stringContaining("more than 10000000 bytes") },
    });
  });

  it("refuses zips that unpack to too much, lead out of their folder, or hold zips", async () => {
    const server = await openTestServer(small({ mostBytes: 10_000_000, mostFiles: 3 }));
    const detailOf = async (content: Buffer) => {
      const { status, problem } = await sendAndWait(server, "bill.zip", content);
      expect({ status, code: problem?.code }).toEqual({ status: "failed", code: "UPLOAD_REFUSED" });
      return problem.detail;
    };
    const zeros = Buffer.alloc(6_000_000);
    expect(await detailOf(await zipOf({ "a.csv": zeros, "b.csv": zeros }))).toContain("unpacks to more than");
    const inside = { "a.csv.gz": gzipSync(zeros), "b.csv.gz": gzipSync(zeros) };
    expect(await detailOf(await zipOf(inside))).toContain("unpacks to more than");
    const many = Object.fromEntries(["a", "b", "c", "d"].map((name) => [`${name}.csv`, bill()]));
    expect(await detailOf(await zipOf(many))).toContain("more than 3 files");
    expect(await detailOf(await zipOf({ "../../evil.csv": bill() }))).toContain("invalid relative path");
    expect(await detailOf(await zipOf({ "inner.zip": await zipOf({ "a.csv": bill() }) }))).toContain(
      "another zip",
    );
    expect(await detailOf(Buffer.from("PK\u0003\u0004 broken"))).toContain("can't be unpacked");
    expect(existsSync(join(server.folder, "evil.csv"))).toBe(false);
  });

  it("goes on with what a process that died had received", async () => {
    const first = await openTestServer();
    const { body } = await send(first, "june.csv", bill());
    await outcome(first, body.id);
    const path = join(first.folder, "uploads", body.id, "upload.json");
    const record = JSON.parse(readFileSync(path, "utf8"));
    const dead = record.holder.replace(/\.\d+\./, ".4194000.");
    writeFileSync(path, JSON.stringify({ ...record, status: "loading", result: null, holder: dead }));
    const second = await openTestServer({ given: { uploadFolder: join(first.folder, "uploads") } });
    expect(await outcome(second, body.id)).toMatchObject({ status: "loaded", result: { rows: 1 } });
    expect((await second.lake.snapshot()).version).toBe(1);
  });

  it("tells those who may know, as it goes on", async () => {
    const server = await openTestServer();
    const gone = new AbortController();
    const caller = {
      personId: "x",
      kind: "person",
      actor: "x",
      role: "operator",
      scope: "unrestricted",
    } as const;
    const mine = server.parts.events.listen({ ...caller, permissions: new Set(["ingest"]) }, gone.signal);
    const others = server.parts.events.listen({ ...caller, permissions: new Set(["read"]) }, gone.signal);
    const { body } = await send(server, "june.csv", bill());
    const told: string[] = [];
    for await (const event of mine) {
      told.push(event.type === "upload" ? event.upload.status : event.type);
      if (told.at(-1) === "loaded") break;
    }
    expect(told[0]).toBe("loading");
    expect(told.at(-2)).toBe("lake");
    gone.abort();
    const seen: string[] = [];
    for await (const event of others) seen.push(event.type);
    expect(seen.every((type) => type === "lake")).toBe(true);
    await outcome(server, body.id);
  });

  it("fills an empty lake with a demo, and no other", async () => {
    const filled: string[] = [];
    const demo = {
      companies: [{ id: "tiny", title: "Tiny", format: "FOCUS" }],
      fill: async (id: string) => {
        filled.push(id);
        return {};
      },
    };
    const server = await openTestServer({ given: { demo } });
    const post = async (estate: string) => {
      const url = "/api/v1/demo";
      const answer = await server.app.inject({
        ...{ method: "POST", url, headers: server.as("operator"), payload: { estate } },
      });
      return answer.json();
    };
    expect(await post("none")).toMatchObject({ code: "SERVER_NOT_FOUND" });
    const { id } = await post("tiny");
    expect(await outcome(server, id)).toMatchObject({ kind: "demo", status: "loaded" });
    expect(filled).toEqual(["tiny"]);
    await sendAndWait(server, "june.csv", bill());
    expect(await post("tiny")).toMatchObject({ code: "DEMO_NOT_POSSIBLE", status: 409 });
  });
});

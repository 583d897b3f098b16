import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../../testing/temp-folder.ts";
import { inspectFile } from "./inspect-file.ts";
import { checkIntegrity } from "./integrity.ts";
import { Utf8Check } from "./utf8-check.ts";

const TEXT = "a,b\n1,2\n3,4\n".repeat(50);

const check = async (content: Buffer | string) => {
  const path = join(tempFolder(), "bill");
  writeFileSync(path, content);
  return checkIntegrity(await inspectFile(path));
};

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
};

describe("a file that is loaded", () => {
  it.each([
    ["plain", TEXT],
    ["gzip", gzipSync(TEXT)],
    ["gzip in two members", Buffer.concat([gzipSync(TEXT.slice(0, 100)), gzipSync(TEXT.slice(100))])],
    ["gzip padded with zeros", Buffer.concat([gzipSync(TEXT), Buffer.alloc(600)])],
    ["zstd", zstdCompressSync(TEXT)],
  ])("is read whole: %s", async (_, content) => {
    expect(await check(content)).toEqual({
      sha256: createHash("sha256").update(content).digest("hex"),
      isUtf8: true,
    });
  });

  it.each([
    ["truncated gzip", gzipSync(TEXT).subarray(0, -10)],
    ["gzip without its trailer", gzipSync(TEXT).subarray(0, -8)],
    ["a wrong CRC", flipped(gzipSync(TEXT), -8)],
    ["a wrong length", flipped(gzipSync(TEXT), -4)],
    ["something after gzip", Buffer.concat([gzipSync(TEXT), Buffer.from("5,6\n")])],
    ["truncated zstd", zstdCompressSync(TEXT).subarray(0, -3)],
    ["a second frame of zstd", Buffer.concat([zstdCompressSync(TEXT), zstdCompressSync(TEXT)])],
  ])("is refused for %s", async (_, content) => {
    await expect(check(content)).rejects.toMatchObject({
      code: "LAKE_INPUT_CORRUPT",
      message: expect.stringMatching(/bill is damaged: .+/),
    });
  });

  it("is told from one that is no UTF-8", async () => {
    expect(await check(Buffer.from("caf\xe9", "latin1"))).toMatchObject({ isUtf8: false });
  });

  it("is UTF-8 however it is cut in chunks", () => {
    const bytes = fc.oneof(
      fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array)),
    );
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 5 }), (whole, size) => {
        const utf8 = new Utf8Check();
        for (let at = 0; at < whole.length; at += size) utf8.push(whole.subarray(at, at + size));
        const expected = Buffer.from(whole.toString("utf8")).equals(whole);
        expect(utf8.isValid).toBe(expected);
      }),
    );
  });
});

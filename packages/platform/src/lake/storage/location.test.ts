import { describe, expect, it } from "vitest";
import { isUrl, parseLocation } from "./location.ts";

describe("where a lake is", () => {
  it.each([
    [
      "s3://bucket/costs/lake/",
      { kind: "s3", root: "s3://bucket/costs/lake", bucket: "bucket", prefix: "costs/lake/" },
    ],
    ["s3://my.bucket", { kind: "s3", root: "s3://my.bucket", bucket: "my.bucket", prefix: "" }],
    ["s3a://bucket/a", { kind: "s3", root: "s3a://bucket/a", bucket: "bucket", prefix: "a/" }],
    ["gs://bucket/a b", { kind: "gs", root: "gs://bucket/a b", bucket: "bucket", prefix: "a b/" }],
    ["az://container/a", { kind: "az", root: "az://container/a", bucket: "container", prefix: "a/" }],
    [
      "abfss://costs@acme.dfs.core.windows.net/lake",
      {
        ...{
          kind: "az",
          root: "abfss://costs@acme.dfs.core.windows.net/lake",
          bucket: "costs",
          prefix: "lake/",
        },
        ...{ account: "acme", host: "acme.blob.core.windows.net" },
      },
    ],
  ])("%s", (root, location) => {
    expect(isUrl(root)).toBe(true);
    expect(parseLocation(root)).toEqual(location);
  });

  it.each(["lake", "/var/lake", "C:\\lake", "./s3:/x", ""])("'%s' is a folder", (root) => {
    expect(isUrl(root)).toBe(false);
  });

  it.each([
    ["http://bucket/a", "http:// is no object storage"],
    ["s3://", "names no bucket"],
    ["s3:///a", "names no bucket"],
    ["s3://bucket/a//b", '"" can\'t be part'],
    ["s3://bucket/../b", '".." can\'t be part'],
    ["s3://bucket/a*b", '"a*b" can\'t be part'],
    ["abfss://acme.dfs.core.windows.net/lake", "container@account"],
  ])("%s is refused: %s", (root, reason) => {
    expect(() => parseLocation(root)).toThrow(reason);
  });

  it("is never told with the secrets that somebody pasted into it", () => {
    const pasted = ["s3://key:hush@bucket/a", "az://container/a?sig=hush", "s3://bucket/a#hush"];
    for (const root of pasted) {
      expect(() => parseLocation(root)).toThrow(/is no|has a|holds a|names no/);
      expect(() => parseLocation(root)).not.toThrow("hush");
    }
  });
});

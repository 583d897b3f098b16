import { describe, expect, it } from "vitest";
import { openStorage } from "../../lake/storage/open-storage.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { bytesText } from "./finding.ts";
import { checkMachine, memoryFinding, nodeFinding } from "./machine.ts";

const gib = 1024 ** 3;

describe("the machine", () => {
  it.each([
    ["20.1.0", "broken"],
    ["24.0.0", "ok"],
  ])("Node %s is %s", (version, status) => {
    expect(nodeFinding(version, "/usr/bin/node").status).toBe(status);
  });

  it.each([
    [1, "broken"],
    [2, "warn"],
    [8, "ok"],
  ])("%i GiB of memory are %s", (size, status) => {
    const finding = memoryFinding(size * gib, gib);
    expect(finding.status).toBe(status);
    expect(finding.mend === undefined).toBe(status === "ok");
  });

  it("can hold a lake in a folder that can be written and has hard links", async () => {
    const lakeRoot = tempFolder();
    const findings = await checkMachine({
      env: {},
      lakeRoot,
      openStorage: () => openStorage(lakeRoot, () => new Date()),
      findState: () => Promise.reject(new Error("no state database here")),
      clock: () => new Date(),
      signal: new AbortController().signal,
    });
    const names = findings.map(({ name, status }) => `${name}: ${status}`);
    expect(names).toEqual(expect.arrayContaining(["Folder of the lake: ok", "Hard links: ok", "Node: ok"]));
  });

  it.each([
    [0, "0 bytes"],
    [1023, "1023 bytes"],
    [1536, "1.5 KiB"],
    [20 * 1024 ** 2, "20 MiB"],
    [1.5 * gib, "1.5 GiB"],
  ])("%i bytes read %j", (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});

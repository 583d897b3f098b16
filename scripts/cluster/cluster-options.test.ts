import { describe, expect, it } from "vitest";
import { clusterOptionsSchema, parseStartArguments } from "./cluster-options.ts";

describe("the options of cluster:start", () => {
  it("are defaults that fit a small machine when nothing is asked", () => {
    const { asked, name } = parseStartArguments([]);
    expect(asked).toEqual({});
    expect(name).toBe("default");
    expect(clusterOptionsSchema.parse(asked)).toMatchObject({
      workers: 2,
      workerHeapMiB: 1024,
      faultTolerant: false,
    });
  });

  it("take sizes with a unit or in MiB", () => {
    const { asked } = parseStartArguments([
      "--worker-heap",
      "2G",
      "--coordinator-heap",
      "768",
      "--query-memory=64M",
    ]);
    expect(asked).toEqual({ workerHeapMiB: 2048, coordinatorHeapMiB: 768, queryMemoryPerNodeMiB: 64 });
  });

  it.each([
    [["--workers", "0"]],
    [["--workers", "two"]],
    [["--worker-heap", "1T"]],
    [["--worker-heap", "100"]],
    [["--port", "70000"]],
    [["--lake", ""]],
    [["--s3-endpoint", "localhost:9000"]],
    [["--name", "../other"]],
    [["--timeout", "soon"]],
    [["--unknown"]],
    [["extra"]],
  ])("refuse %j", (args) => {
    expect(() => parseStartArguments(args)).toThrow(
      expect.objectContaining({ code: "CLUSTER_OPTION_INVALID" }),
    );
  });
});

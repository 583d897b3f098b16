import { describe, expect, it } from "vitest";
import { CLOUD_RUN_LIMITS, CLOUD_RUN_MEMORY_BY_CPU, cloudRunProblems } from "./cloud-run-limits.ts";

const VALID = {
  minInstances: 0,
  maxInstances: 100,
  cpu: "1",
  memoryMiB: 512,
  concurrency: 80,
  cpuAllocation: "request",
  executionEnvironment: "default",
} as const;

describe("cloudRunProblems", () => {
  it("takes what is documented", () => {
    expect(cloudRunProblems(VALID)).toEqual([]);
    expect(cloudRunProblems({ ...VALID, cpu: "0.08", memoryMiB: 512, concurrency: 1 })).toEqual([]);
    expect(cloudRunProblems({ ...VALID, cpu: "0.583", memoryMiB: 1024, concurrency: 1 })).toEqual([]);
    for (const { fromCpu, maxMiB } of CLOUD_RUN_MEMORY_BY_CPU.filter(({ fromCpu: cpu }) => cpu >= 1))
      expect(cloudRunProblems({ ...VALID, cpu: String(fromCpu), memoryMiB: maxMiB })).toEqual([]);
  });

  it.each([
    [{ cpu: "3" }, "3 vCPU is not among"],
    [{ cpu: "0.07" }, "0.07 vCPU is not among"],
    [{ cpu: "0.0805", concurrency: 1 }, "0.0805 vCPU is not among"],
    [{ cpu: "2000m" }, "2000m vCPU is not among"],
    [{ cpu: "4", memoryMiB: 1024 }, "4 vCPU takes 2048 to 16384 MiB of memory, not 1024"],
    [{ cpu: "1", memoryMiB: 4097 }, "1 vCPU takes 128 to 4096 MiB"],
    [{ memoryMiB: 256, executionEnvironment: "gen2" }, "512 to 4096 MiB of memory in the second generation"],
    [{ cpu: "0.5" }, "needs a concurrency of 1"],
    [{ cpu: "0.5", concurrency: 1, cpuAllocation: "instance" }, "needs request-based billing"],
    [{ cpu: "0.5", concurrency: 1, executionEnvironment: "gen2" }, "needs the first generation"],
    [{ concurrency: 1001 }, "not between 1 and 1000"],
    [{ concurrency: 0 }, "not between 1 and 1000"],
    [{ minInstances: 5, maxInstances: 4 }, "above the maximum"],
    [{ maxInstances: 0 }, "not a number of maximum instances"],
  ] as const)("refuses %o", (change, problem) => {
    expect(cloudRunProblems({ ...VALID, ...change }).join("; ")).toContain(problem);
  });

  it("says where each limit was read", () => {
    for (const { source, date } of CLOUD_RUN_LIMITS) {
      expect(source).toMatch(/^https:\/\/docs\.cloud\.google\.com\/run\//);
      expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });
});

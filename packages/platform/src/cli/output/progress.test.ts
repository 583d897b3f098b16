import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createProgress } from "./progress.ts";

function setUp(options: { readonly isTTY: boolean; readonly isQuiet?: boolean }) {
  let nowMs = 0;
  const written: string[] = [];
  const progress = createProgress({
    stream: { write: (text) => written.push(text), isTTY: options.isTTY, columns: 80 },
    clock: () => new Date(nowMs),
    isQuiet: options.isQuiet ?? false,
  });
  const run = (label: string, untilMs: number, total?: number) => {
    for (const startMs = nowMs; nowMs <= startMs + untilMs; nowMs += 50) {
      progress.step(label, (nowMs - startMs) * 100, total, "rows");
    }
  };
  return { progress, run, written };
}

describe("progress", () => {
  it("says nothing of what takes less than a second", () => {
    const { run, progress, written } = setUp({ isTTY: true });
    run("Reading", 900, 200_000);
    progress.end();
    expect(written).toEqual([]);
  });

  it("draws a bar with rate and remaining time on a terminal, and wipes it", () => {
    const { run, progress, written } = setUp({ isTTY: true });
    run("Reading", 5000, 1_000_000);
    expect(written.filter((text) => text !== "\r\u001b[2K").at(-1)).toBe(
      "Reading  ━━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌  50 %  500k of 1.0M rows  100k/s  0:05 left",
    );
    progress.end();
    expect(written.at(-1)).toBe("\r\u001b[2K");
  });

  it("elsewhere writes a line every five seconds", () => {
    const { run, progress, written } = setUp({ isTTY: false });
    run("Reading", 12_000, 2_000_000);
    run("Writing", 6000);
    progress.end();
    expect(written).toEqual([
      "Reading  25 %  500k of 2.0M rows  100k/s  0:15 left\n",
      "Reading  50 %  1.0M of 2.0M rows  100k/s  0:10 left\n",
      "Writing  500k rows  100k/s  0:05\n",
    ]);
  });

  it("goes on while the work itself says nothing", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const written: string[] = [];
    const progress = createProgress({
      stream: { write: (text) => written.push(text), isTTY: true, columns: 60 },
      clock: () => new Date(),
      isQuiet: false,
    });
    progress.step("Reading", 0, 3, "months");
    vi.advanceTimersByTime(2500);
    expect(written.at(-1)).toBe("Reading  ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  0 %  0 of 3 months  0:03 so far");
    progress.notify("A word in between.");
    expect(written.slice(-2)).toEqual(["\r\u001b[2K", "A word in between.\n"]);
    progress.end();
    const count = written.length;
    vi.advanceTimersByTime(5000);
    expect(written).toHaveLength(count);
  });

  it("is silent when asked to be quiet", () => {
    const { run, written } = setUp({ isTTY: false, isQuiet: true });
    run("Reading", 20_000, 10);
    expect(written).toEqual([]);
  });
});

import { expect, test, vi } from "vitest";
import { takeEarlyAnswer } from "./early-answers.ts";

const asked = (entries: Readonly<Record<string, Response | undefined>>, atMs = 500) => {
  const answers = Object.entries(entries).map(([path, answer]) => [path, Promise.resolve(answer)] as const);
  vi.stubGlobal("window", { trimtabEarly: new Map(answers) });
  vi.spyOn(performance, "now").mockReturnValue(atMs);
};

test("an answer that was asked for early is given once, and only at its address", async () => {
  const answer = Response.json({ id: "ann" });
  asked({ "/api/v1/me": answer });
  expect(await takeEarlyAnswer("/api/v1/overview")).toBeUndefined();
  expect(await takeEarlyAnswer("/api/v1/me")).toBe(answer);
  expect(await takeEarlyAnswer("/api/v1/me")).toBeUndefined();
});

test("what failed, broke or is no longer fresh is asked again", async () => {
  asked({ "/api/v1/me": new Response("", { status: 401 }), "/api/v1/branding": undefined });
  expect(await takeEarlyAnswer("/api/v1/me")).toBeUndefined();
  expect(await takeEarlyAnswer("/api/v1/branding")).toBeUndefined();
  asked({ "/api/v1/me": Response.json({ id: "ann" }) }, 10_001);
  expect(await takeEarlyAnswer("/api/v1/me")).toBeUndefined();
});

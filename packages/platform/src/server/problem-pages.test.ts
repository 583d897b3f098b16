import { globSync } from "node:fs";
import { join } from "node:path";
import type { ErrorCatalogue } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { openTestServer } from "../testing/test-server.ts";
import { PROBLEMS } from "./problem-catalogue.ts";

describe("problems", () => {
  it("are told of every error of the rooms that the server stands on", async () => {
    const packages = join(import.meta.dirname, "../../..");
    const files = globSync(["domain/src/*-errors.ts", "platform/src/**/{,*-}errors.ts"], { cwd: packages });
    const codes: string[] = [];
    for (const file of files.filter((path) => !path.includes("/cli/"))) {
      const exports: Record<string, unknown> = await import(join(packages, file));
      for (const one of Object.values(exports))
        if (typeof one === "object" && one !== null && "catalogue" in one)
          codes.push(...Object.keys(one.catalogue as ErrorCatalogue));
    }
    expect(codes.length).toBeGreaterThan(100);
    expect(Object.keys(PROBLEMS).toSorted()).toEqual(codes.toSorted());
  });

  it("lead from their type to what to do, for people and for programs", async () => {
    const { app } = await openTestServer();
    const { type } = (await app.inject({ method: "GET", url: "/api/v1/nothing" })).json();
    expect(type).toBe("/problems/SERVER_ROUTE_UNKNOWN");
    const program = await app.inject({ method: "GET", url: type });
    expect(program.json()).toMatchObject({ code: "SERVER_ROUTE_UNKNOWN", hint: expect.any(String) });
    const page = await app.inject({ method: "GET", url: type, headers: { accept: "text/html,*/*" } });
    expect(page.headers["content-type"]).toContain("text/html");
    expect(page.body).toContain("<p>There is no <em>method</em> <em>path</em></p>");
    for (const code of ["NOTHING", "constructor", "%3Cscript%3E"])
      expect((await app.inject({ method: "GET", url: `/problems/${code}` })).statusCode).toBe(404);
  });
});

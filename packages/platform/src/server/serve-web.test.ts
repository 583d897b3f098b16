import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { openTestServer } from "../testing/test-server.ts";

const builtApp = (): string => {
  const folder = tempFolder();
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Trimtab</title>");
  writeFileSync(join(folder, "assets/main-B7xK2_aQ.js"), "run()");
  writeFileSync(join(folder, "assets/main-B7xK2_aQ.js.br"), brotliCompressSync("run()"));
  writeFileSync(join(folder, "icon.svg"), "<svg/>");
  return folder;
};

describe("the browser app's files", () => {
  it("are its page for all of its addresses, and files that never change for a year", async () => {
    const { app } = await openTestServer({ app: { webFolder: builtApp() } });
    const html = { accept: "text/html,*/*" };
    for (const url of ["/", "/explorer?by=ServiceName", "/recommendations/rec-1"]) {
      const page = await app.inject({ method: "GET", url, headers: html });
      expect(page.statusCode, url).toBe(200);
      expect(page.body, url).toContain("<title>Trimtab");
      expect(page.headers["cache-control"], url).toBe("no-cache");
    }
    const url = "/assets/main-B7xK2_aQ.js";
    const script = await app.inject({ method: "GET", url, headers: { "accept-encoding": "br" } });
    expect(script.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-encoding": "br",
    });
    const icon = await app.inject({ method: "GET", url: "/icon.svg" });
    expect(icon.headers["cache-control"]).toBe("no-cache");
  });

  it("are not the page for what is missing, for the API or for what no browser opens", async () => {
    const { app } = await openTestServer({ app: { webFolder: builtApp() } });
    const get = async (url: string, accept: string) =>
      (await app.inject({ method: "GET", url, headers: { accept } })).statusCode;
    expect(await get("/api/v1/none", "text/html")).toBe(404);
    expect(await get("/assets/gone-12345678.js", "*/*")).toBe(404);
    expect(await get("/none", "application/json")).toBe(404);
    expect(await get("/..%2f..%2fetc%2fpasswd", "*/*")).toBeGreaterThanOrEqual(400);
    expect(
      (await app.inject({ method: "POST", url: "/", headers: { accept: "text/html" } })).statusCode,
    ).toBe(404);
  });

  it("are said to be missing where they are not built", async () => {
    const { app } = await openTestServer();
    const page = await app.inject({ method: "GET", url: "/", headers: { accept: "text/html" } });
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain("npm run serve");
  });
});

import { describe, expect, it } from "vitest";
import { answering, httpTarget } from "../../testing/http-target.ts";
import { addressRules } from "./address-rules.ts";
import type { Resolve } from "./guarded-lookup.ts";
import { guardedRequest, type Network } from "./guarded-request.ts";

const network = (allowed: readonly string[], resolve: Resolve): Network => ({
  rules: addressRules(allowed),
  resolve,
  timeoutMs: 2000,
});

const never: Resolve = async (host) => {
  throw new Error(`nobody asks for ${host}`);
};

const ask = (on: Network, url: string) =>
  guardedRequest(on, { url, method: "GET", headers: {}, signal: new AbortController().signal });

const refused = expect.objectContaining({ code: "NOTIFY_ADDRESS_REFUSED" });

describe("a request of a channel", () => {
  it("goes to the address that was checked, whatever the name says a moment later", async () => {
    const target = await httpTarget();
    const { port } = new URL(target.url);
    let asked = 0;
    // The first answer is allowed, any later one is this machine's metadata address.
    const rebinding: Resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? "127.0.0.1" : "169.254.169.254", family: 4 }];
    };
    const reply = await ask(network(["127.0.0.1"], rebinding), `http://costs.example.com:${port}/hook`);
    expect(reply.status).toBe(200);
    expect(asked).toBe(1);
    expect(target.received[0]?.headers.host).toBe(`costs.example.com:${port}`);
  });

  it("goes nowhere if one of several answers is not to be reached", async () => {
    const target = await httpTarget();
    const { port } = new URL(target.url);
    const mixed: Resolve = async () => [
      { address: "8.8.8.8", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    await expect(ask(network([], mixed), `http://costs.example.com:${port}/`)).rejects.toEqual(refused);
    expect(target.received).toHaveLength(0);
  });

  it.each([
    "http://127.0.0.1:PORT/",
    "http://2130706433:PORT/",
    "http://0x7f.1:PORT/",
    "http://017700000001:PORT/",
    "http://[::1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://0.0.0.0:PORT/",
  ])("does not go to %s", async (pattern) => {
    const target = await httpTarget();
    const url = pattern.replace("PORT", new URL(target.url).port);
    await expect(ask(network([], never), url)).rejects.toEqual(refused);
    expect(target.received).toHaveLength(0);
  });

  it.each([
    "file:///etc/passwd",
    "ftp://example.com/",
    "gopher://example.com/",
    "http://user:pw@example.com/",
    "nonsense",
  ])("is none for %s", async (url) => {
    const failure = await ask(network([], never), url).catch((error: unknown) => error);
    expect(failure).toEqual(refused);
    expect(String(failure)).not.toContain("pw");
  });

  it("does not follow a redirect", async () => {
    const inner = await httpTarget();
    const outer = await httpTarget(answering(302, { location: inner.url }));
    const reply = await ask(network(["127.0.0.1"], never), outer.url);
    expect(reply.status).toBe(302);
    expect(inner.received).toHaveLength(0);
  });

  it("ends where nobody answers, neither the receiver nor the resolver", async () => {
    const silent = await httpTarget(() => undefined);
    const short = { ...network(["127.0.0.1"], never), timeoutMs: 300 };
    await expect(ask(short, silent.url)).rejects.toMatchObject({ name: "TimeoutError" });
    const hanging = { ...network([], () => new Promise<never>(() => undefined)), timeoutMs: 300 };
    await expect(ask(hanging, "http://costs.example.com/")).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("reads no more of an answer than it needs", async () => {
    const endless = await httpTarget((_, reply) => {
      const more = (): void => {
        while (reply.write("x".repeat(64 * 1024)));
        reply.once("drain", more);
      };
      more();
    });
    const reply = await ask(network(["127.0.0.1"], never), endless.url);
    expect(reply.text).toHaveLength(64 * 1024);
  });
});

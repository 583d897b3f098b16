import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openTestServer } from "../testing/test-server.ts";
import { listen, stopListening } from "./listen.ts";

describe("the listening server", () => {
  it("tells its address, and that another one has it", async () => {
    const first = await openTestServer();
    const address = await listen(first.app, "127.0.0.1", 0);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(`${address}/health`)).json()).toMatchObject({ status: "ok" });
    const second = await openTestServer();
    const port = Number(new URL(address).port);
    await expect(listen(second.app, "127.0.0.1", port)).rejects.toMatchObject({
      code: "SERVER_ADDRESS_IN_USE",
    });
  });

  it("finishes what runs, ends event streams and takes nothing new when it stops", async () => {
    const server = await openTestServer();
    let finish = (): void => undefined;
    server.parts.watch.refresh = () =>
      new Promise((resolve) => {
        finish = () => resolve({ version: 0, manifest: { loads: [] } } as never);
      });
    const address = await listen(server.app, "127.0.0.1", 0);
    const headers = server.as("viewer");
    const stream = await fetch(`${address}/api/v1/events`, { headers });
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    const events = stream.text();
    const slow = fetch(`${address}/api/v1/ready`);
    await wait(200);
    const stopped = stopListening(server.app);
    await wait(100);
    const late = await fetch(`${address}/health`).then(
      ({ status }) => status,
      () => "refused",
    );
    expect([503, "refused"]).toContain(late);
    finish();
    expect((await slow).status).toBe(200);
    await stopped;
    expect(await events).toContain(": connected");
  });

  it("tells who still comes over an open connection to come again, as a problem", async () => {
    const server = await openTestServer();
    let finish = (): void => undefined;
    server.parts.watch.refresh = () =>
      new Promise((resolve) => {
        finish = () => resolve({ version: 0, manifest: { loads: [] } } as never);
      });
    const address = await listen(server.app, "127.0.0.1", 0);
    const socket = connect(Number(new URL(address).port), "127.0.0.1");
    const said = text(socket);
    const ask = (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    ask("/api/v1/ready");
    await wait(200);
    const stopped = stopListening(server.app);
    await wait(50);
    ask("/api/v1/health");
    await wait(50);
    finish();
    await stopped;
    const [first = "", second = ""] = (await said).split(/(?=HTTP\/1\.1 )/);
    expect(first).toMatch(/^HTTP\/1\.1 200/);
    expect(second).toMatch(/^HTTP\/1\.1 503/);
    expect(second).toMatch(/content-type: application\/problem\+json/i);
    expect(second).toMatch(/retry-after: \d/i);
    expect(second).toContain('"code":"SERVER_STOPPING"');
  });

  it("ends what does not end by itself after its patience", async () => {
    const server = await openTestServer();
    server.parts.watch.refresh = () => new Promise(() => undefined);
    const address = await listen(server.app, "127.0.0.1", 0);
    const stuck = fetch(`${address}/api/v1/ready`);
    stuck.catch(() => undefined);
    await wait(200);
    const started = performance.now();
    await stopListening(server.app, 300);
    expect(performance.now() - started).toBeLessThan(5000);
    await expect(stuck).rejects.toThrow();
  });

  it("interrupts the question of a client that leaves", async () => {
    const server = await openTestServer();
    const address = await listen(server.app, "127.0.0.1", 0);
    let signal: AbortSignal | undefined;
    const began = new Promise<void>((resolve) => {
      server.parts.questions.charges = async (_request, asking) => {
        signal = asking.signal;
        resolve();
        await wait(10_000, undefined, { signal: asking.signal });
        throw new Error("never");
      };
    });
    const gone = new AbortController();
    const asked = fetch(`${address}/api/v1/charges`, {
      method: "POST",
      headers: { ...server.as("viewer"), "content-type": "application/json" },
      body: "{}",
      signal: gone.signal,
    });
    asked.catch(() => undefined);
    await began;
    expect(signal?.aborted).toBe(false);
    gone.abort();
    await expect.poll(() => signal?.aborted).toBe(true);
  });

  it("says what is new as server-sent events", async () => {
    const server = await openTestServer();
    const address = await listen(server.app, "127.0.0.1", 0);
    const stream = await fetch(`${address}/api/v1/events`, { headers: server.as("viewer") });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await expect.poll(() => server.parts.events.listeners).toBe(1);
    server.parts.events.publish({ type: "lake", lakeVersion: 7 });
    server.parts.events.publish({ type: "lake", lakeVersion: 8 }, () => false);
    let text = "";
    while (!text.includes("event: lake")) text += (await reader?.read())?.value ?? "";
    expect(text).toContain('event: lake\ndata: {"lakeVersion":7}\n\n');
    await reader?.cancel();
    await expect.poll(() => server.parts.events.listeners).toBe(0);
  });
});

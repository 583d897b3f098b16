import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { Lake } from "../../packages/platform/src/lake/lake.ts";
import type { Random } from "../fuzz/random.ts";
import { Claims } from "./claims.ts";
import type { Api } from "./serve-process.ts";
import { answered, type Json, type Work } from "./serve-work.ts";
import { writeBill } from "./two-bills.ts";

/** In pieces with pauses, so that a kill can meet it while it comes in. */
const slowly = (bytes: Uint8Array): ReadableStream =>
  new ReadableStream({
    async start(controller) {
      const piece = Math.ceil(bytes.length / 5);
      for (let at = 0; at < bytes.length; at += piece) {
        controller.enqueue(bytes.subarray(at, at + piece));
        await sleep(20);
      }
      controller.close();
    },
  });

/** Each upload is the bill of an account of its own; once it is loaded, the lake holds what the bill sums to. */
export const uploadsInto = (lake: Lake, folder: string, random: Random): Work => {
  const claims = new Claims();
  const ids = new Map<string, string>();
  let count = 0;

  const change = async (api: Api): Promise<boolean> => {
    count += 1;
    const account = `account-${count}`;
    const bill = writeBill(folder, `${account}.csv`, count, { account });
    const bytes = readFileSync(bill.path);
    claims.ask(account, bill.billed);
    const body = random.below(2) === 0 ? bytes : slowly(bytes);
    const reply = await api.ask("POST", `/uploads?name=${account}.csv`, body);
    if (reply.kind === "cut") return false;
    if (reply.status === 429 || reply.status === 503) claims.refuse(account);
    else {
      ids.set(account, answered(reply, account).id);
      claims.acknowledge(account, bill.billed);
    }
    await sleep(random.below(200));
    return true;
  };

  const settled = async (api: Api, path: string): Promise<Json> => {
    for (let wait = 0; wait < 600; wait++) {
      const upload = answered(await api.ask("GET", path), path);
      if (upload.status === "loaded" || upload.status === "failed") return upload;
      await sleep(200);
    }
    throw new Error(`${path} is not loaded after two minutes`);
  };

  const check = async (api: Api): Promise<void> => {
    // Whatever is there, acknowledged or not, is loaded by the server that came after.
    const { items } = answered(await api.ask("GET", "/uploads"), "uploads");
    for (const { id, name } of items) ids.set(name.replace(/\.csv$/, ""), id);
    const there = [...ids].slice(-25);
    for (const [account, id] of there)
      expect(await settled(api, `/uploads/${id}`), account).toMatchObject({
        status: "loaded",
        problem: null,
      });
    const found = await sumsOf(lake);
    found.delete("acme");
    claims.settle(found, "uploads");
  };

  return { name: "upload", claims, change, check };
};

const sumsOf = async (lake: Lake): Promise<Map<string, string>> => {
  const { manifest } = await lake.snapshot();
  if (manifest.loads.length === 0) return new Map();
  const { rows } = await lake.run({
    text: `SELECT BillingAccountId, CAST(CAST(sum(BilledCost) AS DECIMAL(18,0)) AS VARCHAR)
      FROM ${lake.scanCharges(manifest.loads)} GROUP BY ALL`,
  });
  return new Map(rows.map(([account, sum]) => [String(account), String(sum)]));
};

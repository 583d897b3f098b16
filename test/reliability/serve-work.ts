import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { Random } from "../fuzz/random.ts";
import { Claims } from "./claims.ts";
import type { Api, Reply } from "./serve-process.ts";

/** Something that people change through the server all the time, until it dies. */
export interface Work {
  readonly name: string;
  readonly claims: Claims;
  /** One change, or one that is refused. @returns false once the server is gone */
  change(api: Api): Promise<boolean>;
  /** After a restart: what was acknowledged is there. */
  check(api: Api): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read as they come; a field that is missing fails the test
export type Json = any;

interface Item {
  readonly key: string;
  readonly content: string;
  readonly id: string;
  readonly version: number;
}

interface Kind {
  readonly name: string;
  list(api: Api): Promise<readonly Item[]>;
  create?(key: string, content: string): readonly [path: string, body: object];
  change?(item: Item, content: string): readonly [method: string, path: string, body: object];
  /** What is there once `content` was taken. */
  expected?(item: Item, content: string): string;
  expectedNew?(key: string): string;
  itemOf(body: Json): Item;
}

export const answered = (reply: Reply, about: string): Json => {
  if (reply.kind === "cut") throw new Error(`${about}: the server is gone`);
  expect(reply.status, `${about}: ${JSON.stringify(reply.body)}`).toBeLessThan(300);
  return reply.body;
};

/** Busy is an answer; anything else that is no success is a fault. */
const isBusy = ({ status }: { readonly status: number }): boolean => status === 503 || status === 429;

/** Creates and changes items of a kind, each with a text that is unlike every other. */
export const workOf = (kind: Kind, random: Random): Work => {
  const claims = new Claims();
  const items = new Map<string, Item>();
  let count = 0;
  const take = (item: Item): void => void items.set(item.key, item);
  const send = async (api: Api, key: string, content: string, ask: readonly [string, string, object]) => {
    claims.ask(key, content);
    const reply = await api.ask(...ask);
    if (reply.kind === "cut") return false;
    if (isBusy(reply)) {
      claims.refuse(key);
      await sleep(200);
      return true;
    }
    const item = kind.itemOf(answered(reply, `${kind.name} ${key}`));
    take(item);
    claims.acknowledge(key, content);
    return true;
  };
  const change = async (api: Api): Promise<boolean> => {
    count += 1;
    const content = `${kind.name} ${count} ${"x".repeat(1 + random.below(400))}`;
    const known = claims.keys();
    const item = items.get(known[random.below(known.length)] ?? "");
    const isNew = item === undefined || kind.change === undefined || (kind.create && random.below(2) === 0);
    if (isNew) {
      const key = `${kind.name} number ${count}`;
      const [path, body] = kind.create?.(key, content) ?? ["", {}];
      return await send(api, key, kind.expectedNew?.(key) ?? content, ["POST", path, body]);
    }
    const wanted = kind.expected?.(item, content) ?? content;
    return await send(api, item.key, wanted, kind.change?.(item, content) ?? ["", "", {}]);
  };
  const check = async (api: Api): Promise<void> => {
    const found = await kind.list(api);
    const isFirst = items.size === 0 && claims.acknowledged === 0 && kind.create === undefined;
    if (isFirst) for (const { key, content } of found) claims.begin(key, content);
    for (const item of found) take(item);
    claims.settle(new Map(found.map(({ key, content }) => [key, content])), kind.name);
  };
  return { name: kind.name, claims, change, check };
};

const listed = async (api: Api, path: string): Promise<readonly Json[]> =>
  answered(await api.ask("GET", path), path).items;

const viewItem = ({ id, name, version, place: { search } }: Json): Item => ({
  ...{ key: name, id, version },
  content: search.text === search.again ? search.text : `torn: ${JSON.stringify(search)}`,
});
const placeWith = (text: string) => ({ page: "explorer", search: { text, again: text } });

export const views: Kind = {
  name: "view",
  list: async (api) => (await listed(api, "/views")).map(viewItem),
  create: (name, text) => ["/views", { name, place: placeWith(text) }],
  change: ({ id, key, version }, text) => [
    "PUT",
    `/views/${id}`,
    { name: key, place: placeWith(text), version },
  ],
  itemOf: viewItem,
};

/** Its key is the beginning of its text. */
export const commentsOn = (subject: string): Kind => {
  const itemOf = ({ id, text }: Json): Item => {
    const [key = "", content = ""] = text.split("\n");
    return { key, content, id, version: 1 };
  };
  return {
    name: "comment",
    list: async (api) => (await listed(api, `/comments?subject=${encodeURIComponent(subject)}`)).map(itemOf),
    create: (key, content) => ["/comments", { subject, text: `${key}\n${content}` }],
    itemOf,
  };
};

const decisionItem = ({ id, version, status, reason }: Json): Item => ({
  key: id,
  id,
  version,
  content: `${status} ${reason}`,
});
const nextStatus = ({ content }: Item) => (content.startsWith("open ") ? "accepted" : "open");

export const decisions: Kind = {
  name: "decision",
  list: async (api) => (await listed(api, "/recommendations?status=all")).map(decisionItem),
  change: (item, reason) => [
    "POST",
    `/recommendations/${item.id}/decision`,
    { version: item.version, status: nextStatus(item), reason },
  ],
  expected: (item, reason) => `${nextStatus(item)} ${reason}`,
  itemOf: decisionItem,
};

/** Two names of one thing: what is changed together must stay together. */
const scheduleItem = ({ id, name, version, cron, timeZone, job }: Json): Item => ({
  ...{ key: name, id, version },
  content: timeZone === zoneOf(cron) ? job.settings.places[0] : `torn: ${cron} ${timeZone}`,
});
const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo"];
const zoneOf = (cron: string) => ZONES[Number(cron.split(" ")[0]) % ZONES.length] ?? "";
const cronOf = (text: string) => `${text.length % 60} 3 * * *`;
const scheduled = (place: string) => ({
  job: { kind: "ingest", settings: { places: [place] } },
  cron: cronOf(place),
  timeZone: zoneOf(cronOf(place)),
});

export const schedules: Kind = {
  name: "schedule",
  list: async (api) => (await listed(api, "/schedules")).map(scheduleItem),
  create: (name, text) => ["/schedules", { name, ...scheduled(text), enabled: false }],
  change: ({ id, version }, text) => ["PATCH", `/schedules/${id}`, { version, ...scheduled(text) }],
  itemOf: scheduleItem,
};

const definitionOf = (title: string, text: string) => ({
  title,
  parameters: { period: { start: "2026-06", end: "2026-07" } },
  blocks: [
    { type: "text", id: "said", text },
    {
      type: "table",
      id: "services",
      title: "Services",
      query: { measures: ["billed"], by: ["ServiceName"] },
    },
    { type: "text", id: "again", text },
  ],
});

const reportItem = ({ id, version, title, definition: { blocks } }: Json): Item => {
  const [first, , last] = blocks;
  return { key: title, id, version, content: first.text === last.text ? first.text : "torn" };
};

export const reports: Kind = {
  name: "report",
  list: async (api) => {
    const found: Item[] = [];
    for (const { id } of await allPages(api, "/reports"))
      found.push(reportItem(answered(await api.ask("GET", `/reports/${id}`), id)));
    return found;
  },
  create: (title, text) => ["/reports", { definition: definitionOf(title, text) }],
  change: ({ id, key, version }, text) => [
    "PUT",
    `/reports/${id}`,
    { definition: definitionOf(key, text), version },
  ],
  itemOf: reportItem,
};

/** Results that are pinned; a result is there whole or not at all. */
export const snapshotsOf = (report: string): Kind => {
  const itemOf = ({ id, title }: Json): Item => ({ key: title, content: title, id, version: 1 });
  return {
    name: "snapshot",
    list: async (api) => {
      const items = await listed(api, `/reports/${report}/snapshots`);
      for (const { id } of items.slice(0, 5)) {
        const { run } = answered(await api.ask("GET", `/reports/${report}/snapshots/${id}`), id);
        expect(run.blocks).toHaveLength(3);
      }
      return items.map(itemOf);
    },
    create: (title) => [`/reports/${report}/snapshots`, { title }],
    expectedNew: (key) => key,
    itemOf,
  };
};

const allPages = async (api: Api, path: string): Promise<readonly Json[]> => {
  const items: Json[] = [];
  for (let cursor = ""; ; ) {
    const page = answered(await api.ask("GET", `${path}?limit=200${cursor}`), path);
    items.push(...page.items);
    if (page.nextCursor === undefined) return items;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
};

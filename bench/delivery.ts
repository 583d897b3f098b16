import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChannelDefinition, defineChannel } from "../packages/platform/src/notify/channels/channel.ts";
import { sendMessage } from "../packages/platform/src/server/delivery/send-message.ts";
import { sendOutbox } from "../packages/platform/src/server/delivery/tick.ts";
import { createChannel } from "../packages/platform/src/state/channels.ts";
import { engineOf } from "../packages/platform/src/state/engine-of.ts";
import { openState } from "../packages/platform/src/state/open-state.ts";
import { stateKeys } from "../packages/platform/src/state/secret-key.ts";
import type { State } from "../packages/platform/src/state/state.ts";
import { findStatePlace } from "../packages/platform/src/state/state-place.ts";
import { startPostgres } from "../scripts/postgres/start-postgres.ts";
import { atMost, type Figure } from "./figure.ts";

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 500);
const CHANNELS = 4;

/** Takes everything at once: what is measured is the outbox, not a receiver. */
const sink: ChannelDefinition = defineChannel({
  ...{ apiVersion: 1, kind: "sink", title: "Sink", description: "takes everything", takesAddresses: false },
  fields: [],
  target: () => "nowhere",
  send: async () => ({ outcome: "delivered", detail: "taken" }),
});

/** What the outbox takes in and lets out, with a receiver that costs nothing. */
export const benchDelivery = async (out: (figure: Figure) => void): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "trimtab-bench-delivery-"));
  try {
    await measure("SQLite", { TRIMTAB_STATE: join(folder, "state.db") }, out);
    const server = await startPostgres();
    if ("skipped" in server) {
      process.stderr.write(`skipped: delivery on PostgreSQL: ${server.skipped}\n`);
      return;
    }
    try {
      await measure("PostgreSQL", { DATABASE_URL: server.url, TRIMTAB_SECRET_KEY: "a".repeat(64) }, out);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const measure = async (
  name: string,
  env: Readonly<Record<string, string>>,
  out: (figure: Figure) => void,
): Promise<void> => {
  const place = findStatePlace({
    env,
    cwd: tmpdir(),
    platform: process.platform,
    lakeRoot: join(tmpdir(), "none"),
    isLakeInBucket: false,
  });
  const state = await openState({
    engine: engineOf(place),
    clock: () => new Date(),
    keys: stateKeys(place, env),
  });
  try {
    const parts = { state, channelKinds: { sink }, jobs: {} };
    const put = await timed(() => fill(parts));
    const { signal } = new AbortController();
    const sent = await timed(async () => {
      const onProblem = (subject: string, error: unknown) => {
        throw new Error(`${subject}: ${error}`);
      };
      const report = await sendOutbox({ ...parts, actor: "bench", signal, killSignal: signal, onProblem });
      if (report.delivered !== MESSAGES) throw new Error(`${report.delivered} of ${MESSAGES} were sent`);
    });
    const note = `${MESSAGES} messages over ${CHANNELS} channels that take them at once`;
    out(atMost(`delivery: put in the outbox, ${name}`, MESSAGES / put, "messages/s", null, note));
    out(atMost(`delivery: sent and kept as sent, ${name}`, MESSAGES / sent, "messages/s", null, note));
  } finally {
    await state.close();
  }
};

const fill = async (parts: {
  readonly state: State;
  readonly channelKinds: Readonly<Record<string, ChannelDefinition>>;
  readonly jobs: Readonly<Record<string, never>>;
}): Promise<void> => {
  const channels: string[] = [];
  for (let at = 0; at < CHANNELS; at++)
    channels.push(
      await createChannel(parts.state, "bench", {
        ...{ name: `sink ${at}`, kind: "sink", target: "nowhere", settings: {}, secrets: {}, enabled: true },
      }),
    );
  for (let at = 0; at < MESSAGES; at++)
    await sendMessage(parts, "bench", {
      recipient: { channelId: channels[at % CHANNELS] ?? "" },
      message: { title: `Message ${at}`, summary: "What it says. ".repeat(20) },
      key: `bench ${at}`,
    });
};

/** Seconds. */
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

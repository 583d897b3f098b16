import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addPersonWithin } from "../../state/people.ts";
import { addTeamWithin } from "../../state/teams.ts";
import { answering, httpTarget } from "../../testing/http-target.ts";
import { mailTarget } from "../../testing/mail-target.ts";
import { runCli } from "../../testing/run-cli.ts";
import { STATE_ENGINES } from "../../testing/state-engines.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const SECRET = "s3cr3t-0123456789";

const cliOf = (env: Readonly<Record<string, string>>) => {
  const cwd = tempFolder();
  const all: string[] = [];
  const at = async (now: string, ...argv: readonly string[]) => {
    const done = await runCli(argv, {
      cwd,
      now,
      env: { TRIMTAB_ACTOR: "anna", TRIMTAB_LAKE: "lake", ...env },
    });
    all.push(done.out, done.err);
    return done;
  };
  return {
    cwd,
    at,
    cli: (...argv: readonly string[]) => at("2026-07-01T00:00:00Z", ...argv),
    said: () => all.join(),
  };
};

const HEAD =
  "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,BilledCost,EffectiveCost,ListCost,ContractedCost,ServiceName,ServiceCategory,ProviderName,PublisherName,InvoiceIssuerName";
const bill = (cost: string): string =>
  `${HEAD}\nacct,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,${cost},${cost},${cost},${cost},Storage,Storage,Acme,Acme,Acme\n`;

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))(
  "delivery on the command line, $name",
  ({ home }) => {
    it("adds a channel, tries it, and never says what is secret", async () => {
      const target = await httpTarget();
      const { env } = await home();
      const { cli, said } = cliOf({ ...env, HOOK_URL: `${target.url}/${SECRET}`, HOOK_SECRET: SECRET });
      const secrets = ["--secret-env", "url=HOOK_URL", "--secret-env", "signingSecret=HOOK_SECRET"];
      expect(await cli("channels", "add", "webhook", "intake", ...secrets)).toMatchObject({
        code: 0,
        err: "",
      });
      expect(await cli("channels", "test", "intake")).toMatchObject({
        code: 1,
        out: expect.stringContaining("not to be reached"),
      });
      expect(await cli("channels", "allow", "127.0.0.1")).toMatchObject({ code: 0 });
      expect(await cli("channels", "test", "intake")).toMatchObject({
        code: 0,
        out: expect.stringContaining("works"),
      });
      expect(await cli("channels", "change", "intake", "--off")).toMatchObject({ code: 0 });
      expect((await cli("channels", "--json")).out).toContain('"enabled": false');
      expect((await cli("channels", "kinds")).out).toContain("signingSecret");
      expect(await cli("channels", "add", "webhook", "intake", ...secrets)).toMatchObject({
        code: 2,
        err: expect.stringContaining("STATE_EXISTS"),
      });
      expect(await cli("channels", "add", "webhook", "x", "--secret-env", "url=NOT_SET")).toMatchObject({
        code: 2,
        err: expect.stringContaining("NOT_SET"),
      });
      expect(await cli("channels", "remove", "intake")).toMatchObject({ code: 0 });
      expect(target.received).toHaveLength(1);
      expect(said()).not.toContain(SECRET);
    });

    it("ticks: brings new bills in when their time has come, once, and again only when they change", async () => {
      const { env } = await home();
      const { cwd, at, cli } = cliOf(env);
      mkdirSync(join(cwd, "exports"));
      writeFileSync(join(cwd, "exports", "june.csv"), bill("10.00"));
      const added = await cli(
        "schedules",
        "add",
        "bills",
        "ingest",
        "--cron",
        "0 * * * *",
        "--set",
        "places=exports",
        "--json",
      );
      expect(added, added.err).toMatchObject({ code: 0 });
      const { id, nextRunAt } = JSON.parse(added.out);
      expect(nextRunAt).toBe("2026-07-01T01:00:00.000Z");
      const tickAt = async (now: string) => JSON.parse((await at(now, "tick", "--json")).out).runs;
      expect(await tickAt("2026-07-01T00:59:59Z")).toEqual([]);
      expect(await tickAt("2026-07-01T01:00:10Z")).toMatchObject([
        { status: "succeeded", summary: expect.stringContaining("loaded 1 file") },
      ]);
      expect(await tickAt("2026-07-01T01:00:20Z")).toEqual([]);
      expect(await tickAt("2026-07-01T02:00:10Z")).toMatchObject([
        { summary: "no file has changed since the last time" },
      ]);
      writeFileSync(join(cwd, "exports", "june.csv"), bill("12.50"));
      expect(await tickAt("2026-07-01T09:30:00Z")).toMatchObject([
        { summary: expect.stringContaining("lake version 2") },
      ]);
      const query = await cli("query", "effective by ServiceName", "--json");
      expect(query.out).toContain("12.5");
      const runs = JSON.parse((await cli("schedules", "runs", id, "--json")).out);
      expect(
        runs.map(({ causedBy, status }: { causedBy: string; status: string }) => [causedBy, status]),
      ).toEqual([
        ["late", "succeeded"],
        ["cron", "succeeded"],
        ["cron", "succeeded"],
      ]);
      copyFileSync(join(cwd, "exports", "june.csv"), join(cwd, "june.csv"));
      expect(await cli("schedules", "change", id, "--set", "places=nowhere")).toMatchObject({ code: 0 });
      expect(await at("2026-07-01T09:30:30Z", "schedules", "run", id)).toMatchObject({ code: 0 });
      expect(await at("2026-07-01T09:31:00Z", "tick")).toMatchObject({
        code: 1,
        out: expect.stringContaining("nowhere"),
      });
      expect((await cli("schedules", "jobs")).out).toContain("refreshAdvice");
      expect((await cli("schedules")).out).toContain("failed");
      expect(await cli("schedules", "remove", id)).toMatchObject({ code: 0 });
    });

    it("ticks: sends a report that is due to those whose addresses it names, within what they may see", async () => {
      const mail = await mailTarget();
      const own = await home();
      const { cwd, at, cli } = cliOf({ ...own.env, TRIMTAB_PUBLIC_URL: "https://costs.example.com" });
      const july = bill("99.75").split("\n")[1]?.replaceAll("07-01", "08-01").replaceAll("06-0", "07-0");
      writeFileSync(join(cwd, "june.csv"), `${bill("10.25")}${july}\n`);
      expect(await cli("ingest", "june.csv")).toMatchObject({ code: 0 });
      const state = await own.open({ now: () => new Date("2026-07-01T00:00:00Z") });
      const person = (name: string, service: string) =>
        state.write("test", async (writer) => {
          const scope = { dimension: "ServiceName", op: "=", value: service };
          const teamIds = [await addTeamWithin(writer, { name, scope })];
          await addPersonWithin(writer, { email: `${name}@example.com`, name, role: "viewer", teamIds });
        });
      await person("ben", "Storage");
      await person("cleo", "Compute");
      await cli("channels", "allow", "127.0.0.1");
      const settings = ["host=127.0.0.1", `port=${mail.port}`, "security=none", "from=costs@example.com"];
      const added = await cli(
        "channels",
        "add",
        "email",
        "mail",
        ...settings.flatMap((one) => ["--set", one]),
      );
      expect(added, added.err).toMatchObject({ code: 0 });
      const schedule = (...to: readonly string[]) =>
        cli(
          ...["schedules", "add", "monthly", "report", "--cron", "0 * * * *"],
          ...["--set", "report=cost", "--set", "formats=csv", ...to],
        );
      expect(await schedule("--to", "mail:stranger@example.com")).toMatchObject({
        code: 2,
        err: expect.stringContaining("--to-outsider"),
      });
      const people = ["--to", "mail:ben@example.com", "--to", "mail:cleo@example.com"];
      const made = await schedule(...people, "--to-outsider", "mail:stranger@example.com");
      expect(made, made.err).toMatchObject({ code: 0 });
      const { runs, outbox } = JSON.parse((await at("2026-07-01T01:00:10Z", "tick", "--json")).out);
      expect(runs).toMatchObject([{ status: "succeeded", summary: "sent to 3 of 3" }]);
      expect(outbox).toMatchObject({ delivered: 3 });
      const textTo = (name: string) => {
        const found = mail.received.find(({ to }) => to.includes(`${name}@example.com`));
        return (found?.source ?? "").replaceAll("=\r\n", "").replaceAll("=3D", "=");
      };
      expect(textTo("ben")).toContain("Effective cost: $10.25");
      expect(textTo("ben")).toContain("https://costs.example.com/reports");
      expect(textTo("cleo")).not.toContain("10.25");
      expect(textTo("stranger")).toContain("what the schedule's owner sees");
      expect(textTo("ben")).not.toContain("what the schedule's owner sees");
    });

    it("lists what was given up and sends it again", async () => {
      const target = await httpTarget(answering(410));
      const own = await home();
      const { cli } = cliOf({ ...own.env, HOOK_URL: target.url, HOOK_SECRET: SECRET });
      await cli("channels", "allow", "127.0.0.1");
      await cli(
        "channels",
        "add",
        "webhook",
        "intake",
        "--secret-env",
        "url=HOOK_URL",
        "--secret-env",
        "signingSecret=HOOK_SECRET",
      );
      const state = await own.open({ now: () => new Date("2026-07-01T00:00:00Z") });
      const { sendMessage } = await import("../../server/delivery/send-message.ts");
      const { channelKinds } = await import("../../notify/channels/registry.ts");
      const { listChannels } = await import("../../state/channels.ts");
      const [channel] = await listChannels(state);
      const id = await sendMessage({ state, channelKinds, jobs: {} }, "anna", {
        recipient: { channelId: channel?.id ?? "" },
        message: { title: "June" },
        key: "june",
      });
      expect(await cli("tick")).toMatchObject({ code: 1, out: expect.stringContaining("Given up") });
      expect((await cli("outbox", "--status", "dead")).out).toContain("it answered 410");
      target.behave(answering(200));
      expect(await cli("outbox", "replay")).toMatchObject({ code: 2 });
      expect(await cli("outbox", "replay", "--all")).toMatchObject({
        code: 0,
        out: expect.stringContaining("1 delivery waits"),
      });
      expect(await cli("tick")).toMatchObject({ code: 0 });
      expect((await cli("outbox", "show", id)).out).toMatch(/delivered[\s\S]*refused[\s\S]*delivered/);
      expect(await cli("outbox", "cancel", id)).toMatchObject({ code: 2 });
    });
  },
);

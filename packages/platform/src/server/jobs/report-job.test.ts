import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { channelKinds } from "../../notify/channels/registry.ts";
import { createChannel } from "../../state/channels.ts";
import { addPersonWithin, changePerson, readPerson } from "../../state/people.ts";
import { createSaved, shareSaved } from "../../state/saved-items.ts";
import { requestRun } from "../../state/schedule-runs.ts";
import { addTeamWithin } from "../../state/teams.ts";
import { openBillLake } from "../../testing/bill-lake.ts";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { mailTarget } from "../../testing/mail-target.ts";
import { openTestServer } from "../../testing/test-server.ts";
import { writeDeliverySettings } from "../delivery/delivery-settings.ts";
import { addSchedule } from "../delivery/schedule-changes.ts";
import { tick } from "../delivery/tick.ts";

const REPORT = {
  title: "June",
  parameters: { period: { start: "2026-06", end: "2026-07" } },
  blocks: [
    { type: "figure", id: "spend", title: "Spend", measure: "billed" },
    {
      type: "chart",
      id: "services",
      title: "Services",
      query: { measures: ["billed"], by: ["ServiceName"] },
      chart: { type: "bar" },
    },
    { type: "dataset", id: "access", title: "Access", dataset: "access-review" },
  ],
};

const openHouse = async () => {
  const bills = await openBillLake();
  writeFocusBill(join(bills.folder, "bill.csv"), [
    { day: "2026-06-01", billed: "10.5", service: "Compute" },
    { day: "2026-06-02", billed: "7.25", service: "Storage" },
  ]);
  await bills.load(["bill.csv"]);
  const server = await openTestServer({
    lake: bills.lake,
    given: {
      delivery: { channelKinds, cwd: bills.folder, runs: false, publicUrl: "https://costs.example.com" },
    },
  });
  const { state, parts } = server;
  const mail = await mailTarget();
  await writeDeliverySettings(state, "test", {
    ...{ allowedNetworks: ["127.0.0.1"], maxAttempts: 2, keepDays: 30, version: 0 },
  });
  const channelId = await createChannel(state, "test", {
    ...{ name: "mail", kind: "email", target: "127.0.0.1", secrets: {}, enabled: true },
    settings: { host: "127.0.0.1", port: mail.port, security: "none", from: "costs@example.com" },
  });
  const person = (name: string, role: string, service?: string): Promise<string> =>
    state.write("test", async (writer) => {
      const scope = { dimension: "ServiceName", op: "=", value: service ?? "" };
      const teamIds = service === undefined ? [] : [await addTeamWithin(writer, { name, scope })];
      return await addPersonWithin(writer, { email: `${name}@example.com`, name, role, teamIds });
    });
  const owner = await person("anna", "admin");
  const schedule = (
    report: string,
    recipients: readonly { personId?: string; address?: string; asOwner?: boolean }[],
    ownerId: string | null = owner,
  ) =>
    addSchedule(
      parts.delivery,
      "test",
      {
        ...{ name: "monthly", cron: "0 0 1 1 *", timeZone: "UTC", missed: "skip", enabled: true },
        job: { kind: "report", settings: { report, formats: ["csv", "pdf", "xlsx"] } },
        recipients: recipients.map((recipient) => ({ channelId, ...recipient })),
      },
      ownerId,
    );
  const run = async (scheduleId: string) => {
    await requestRun(state, "test", scheduleId);
    const { signal } = new AbortController();
    const onProblem = (subject: string, error: unknown) => {
      throw new Error(`${subject}: ${error}`);
    };
    const { runs } = await tick({ ...parts.delivery, actor: "test", signal, killSignal: signal, onProblem });
    return runs[0];
  };
  const report = (shares: readonly string[]) => saveReport(state, owner, shares);
  const mailTo = (name: string) =>
    mail.received.filter(({ to }) => to.includes(`${name}@example.com`)).map(({ source }) => textOf(source));
  return { state, person, schedule, run, report, mailTo };
};

const saveReport = async (
  state: Parameters<typeof createSaved>[0],
  ownerId: string,
  shares: readonly string[],
): Promise<string> => {
  const draft = { title: REPORT.title, body: REPORT };
  const id = await createSaved(state, "test", { kind: "report", ownerId, draft });
  await shareSaved(state, "test", {
    ...{ kind: "report", id, reader: { personId: ownerId, teamIds: [], isAdmin: true } },
    shares: shares.map((each) => ({ kind: "person", id: each, level: "view" })),
  });
  return id;
};

/** A mail's parts in words: lines are joined, and what is in base64 and text is read. */
const textOf = (source: string): string => {
  const joined = source.replace(/=\r\n/g, "").replaceAll("=\r\n", "");
  const csv = /filename=june\.csv[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(joined)?.[1] ?? "";
  return `${joined}\n--csv--\n${Buffer.from(csv, "base64").toString("utf8")}`;
};

describe("a scheduled report", () => {
  it("tells each person what their own scope shows, in the text and in the files", async () => {
    const { person, schedule, run, report, mailTo } = await openHouse();
    const ben = await person("ben", "viewer", "Compute");
    const cleo = await person("cleo", "viewer", "Storage");
    const id = await schedule(await report([ben, cleo]), [{ personId: ben }, { personId: cleo }]);
    expect(await run(id)).toMatchObject({ status: "succeeded", summary: "sent to 2 of 2" });
    const [toBen = "", ...more] = mailTo("ben");
    const [toCleo = ""] = mailTo("cleo");
    expect(more).toEqual([]);
    expect(toBen).toContain("Spend: $10.50");
    expect(toCleo).toContain("Spend: $7.25");
    expect(toBen).toContain("Compute,10.5");
    expect(toBen).not.toMatch(/7\.25|17\.75|Storage,/);
    expect(toCleo).not.toMatch(/10\.50|17\.75|Compute,/);
    for (const part of ["filename=june.pdf", "filename=june.xlsx", "image/png", "ServiceName"])
      expect(toBen).toContain(part);
  });

  it("sends nothing to those who lost their account, their team, or the report", async () => {
    const { state, person, schedule, run, report, mailTo } = await openHouse();
    const ben = await person("ben", "viewer", "Compute");
    const gone = await person("gone", "viewer", "Compute");
    const teamless = await person("teamless", "viewer");
    const stranger = await person("stranger", "viewer", "Compute");
    const recipients = [gone, teamless, stranger, ben].map((personId) => ({ personId }));
    const id = await schedule(await report([ben, gone, teamless]), recipients);
    const { version } = await readPerson(state, gone);
    await changePerson(state, "test", { id: gone, version, isActive: false });
    const ended = await run(id);
    expect(ended).toMatchObject({ status: "succeeded", summary: expect.stringMatching(/^sent to 1 of 4;/) });
    expect(ended?.summary).toContain("recipient 1 got nothing: the person has no account");
    expect(ended?.summary).toContain("recipient 2 got nothing: the person may see no charges");
    expect(ended?.summary).toContain("STATE_NOT_FOUND");
    expect(["gone", "teamless", "stranger"].flatMap(mailTo)).toEqual([]);
    expect(mailTo("ben")).toHaveLength(1);
  });

  it("takes an address for the person whose it is, so that nobody sees more by it, or less", async () => {
    const { state, person, schedule, run, report, mailTo } = await openHouse();
    const ben = await person("ben", "viewer", "Compute");
    const gone = await person("gone", "viewer", "Compute");
    const addresses = ["Ben@example.com", "gone@example.com"].map((address) => ({ address }));
    const id = await schedule(await report([ben, gone]), addresses);
    const { version } = await readPerson(state, gone);
    await changePerson(state, "test", { id: gone, version, isActive: false });
    const ended = await run(id);
    expect(ended?.summary).toContain("recipient 2 got nothing: the person has no account");
    const [toBen = ""] = mailTo("Ben");
    expect(toBen).toContain("Spend: $10.50");
    expect(toBen).not.toContain("what the schedule's owner sees");
    expect(mailTo("gone")).toEqual([]);
  });

  it("is not sent to strangers with all that the machine sees, unless that was said", async () => {
    const { state, schedule, run, report, mailTo } = await openHouse();
    const id = await report([]);
    const stranger = { address: "stranger@example.com" };
    await expect(schedule(id, [stranger], null)).rejects.toMatchObject({
      code: "SCHEDULE_RECIPIENT_INVALID",
    });
    const kept = await schedule(id, [{ ...stranger, asOwner: true }], null);
    // As an older version, or somebody by hand, would have kept it.
    await state.write("test", async ({ db }) => {
      const { recipients } = await db.selectFrom("schedules").select("recipients").executeTakeFirstOrThrow();
      await db
        .updateTable("schedules")
        .set({ recipients: String(recipients).replace(/,?"asOwner":true/, "") })
        .execute();
    });
    expect(await run(kept)).toMatchObject({
      status: "failed",
      summary: expect.stringContaining("the address is nobody's"),
    });
    expect(mailTo("stranger")).toEqual([]);
    const said = await schedule(id, [{ ...stranger, asOwner: true }], null);
    expect(await run(said)).toMatchObject({ status: "succeeded" });
    expect(mailTo("stranger")[0]).toContain("Spend: $17.75");
  });

  it("keeps what a person may see away from other addresses and from channels that others read", async () => {
    const { state, person, schedule, report } = await openHouse();
    const ben = await person("ben", "viewer", "Compute");
    const id = await report([ben]);
    const refused = { code: "SCHEDULE_RECIPIENT_INVALID" };
    await expect(schedule(id, [{ personId: ben, address: "x@example.com" }])).rejects.toMatchObject(refused);
    const channelId = await createChannel(state, "test", {
      ...{ name: "hook", kind: "webhook", target: "example.com", settings: {}, enabled: true },
      secrets: { url: "https://example.com/x", signingSecret: "0123456789abcdef" },
    });
    const toHook = schedule(id, [{ personId: ben, channelId } as never]);
    await expect(toHook).rejects.toMatchObject(refused);
  });

  it("links to the report, where the server's address is known", async () => {
    const { person, schedule, run, report, mailTo } = await openHouse();
    const ben = await person("ben", "viewer", "Compute");
    const id = await report([ben]);
    await run(await schedule(id, [{ personId: ben }]));
    expect(mailTo("ben")[0]).toContain(`https://costs.example.com/reports/${id}`);
    await run(await schedule("cost", [{ personId: ben }]));
    expect(mailTo("ben")[1]).toMatch(/https:\/\/costs\.example\.com\/reports[^/]/);
  });

  it("says to an address that is nobody's what the owner sees, and that it does; never people and tokens", async () => {
    const { state, person, schedule, run, report, mailTo } = await openHouse();
    const olga = await person("olga", "operator", "Storage");
    const id = await schedule(await report([olga]), [{ address: "board@example.com" }], olga);
    expect(await run(id)).toMatchObject({ status: "succeeded" });
    const [first = ""] = mailTo("board");
    expect(first).toContain("Spend: $7.25");
    expect(first).toContain("This shows what the schedule's owner sees.");
    const ofAdmin = await schedule(await report([]), [{ address: "all@example.com" }]);
    await run(ofAdmin);
    const [second = ""] = mailTo("all");
    expect(second).toContain("Spend: $17.75");
    expect(second).toContain("People and tokens are shown to admins only.");
    const { version } = await readPerson(state, olga);
    await changePerson(state, "test", { id: olga, version, isActive: false });
    expect(await run(id)).toMatchObject({ status: "failed", summary: expect.stringContaining("owner") });
    expect(mailTo("board")).toHaveLength(1);
  });
});

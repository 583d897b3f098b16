import { TrimtabError } from "@trimtab/domain";
import { z } from "zod";
import type { Message, MessageFile } from "../../notify/message.ts";
import type { JobContext, JobKind, JobOutcome, Recipient } from "../../notify/scheduler/job.ts";
import type { ReportRun } from "../../reports/run/report-run-schema.ts";
import { findPersonByEmail, readAccess } from "../../state/people.ts";
import type { Reader } from "../../state/saved-items.ts";
import type { State } from "../../state/state.ts";
import { callerOfPerson } from "../access/authenticate.ts";
import type { Caller } from "../access/caller.ts";
import { NOTHING } from "../access/row-scope.ts";
import type { ReportDesk } from "../reports/report-desk.ts";

export interface ReportJobParts {
  readonly state: State;
  /** Opened when the first report is due. */
  openDesk(): Promise<ReportDesk>;
  /** Where people reach the server: messages link to the report there. */
  readonly publicUrl?: string | undefined;
}

const settingsSchema = z.strictObject({
  report: z.string().min(1).max(100).describe("Id of a saved report, or a template's name"),
  formats: z
    .array(z.enum(["pdf", "xlsx", "csv"]))
    .max(3)
    .default(["pdf"])
    .describe("What is attached; empty: nothing"),
  locale: z.string().min(2).max(35).default("en").describe("How numbers and dates are written: de, en-GB"),
});
type Settings = z.output<typeof settingsSchema>;

/** Runs a report for each recipient within their own scope, and sends what it says to them. */
export const reportJob = (parts: ReportJobParts): JobKind => ({
  kind: "report",
  title: "Send a report",
  description:
    "Each person gets the report within their own scope, also where their address is named; a channel or an address that is nobody's gets what the schedule's owner sees, which the message says.",
  delivers: true,
  isForWholeLake: false,
  settings: settingsSchema,
  run: async (context, given) => await sendToAll(parts, context, settingsSchema.parse(given)),
});

const sendToAll = async (
  parts: ReportJobParts,
  context: JobContext,
  settings: Settings,
): Promise<JobOutcome> => {
  const desk = await parts.openDesk();
  const missed: string[] = [];
  for (const [index, recipient] of context.recipients.entries()) {
    context.signal.throwIfAborted();
    const reason = await sendToOne({ ...parts, desk, context, settings }, recipient);
    if (reason !== undefined) missed.push(`recipient ${index + 1} got nothing: ${reason}`);
  }
  const sent = context.recipients.length - missed.length;
  const summary = [`sent to ${sent} of ${context.recipients.length}`, ...missed].join("; ");
  return { status: sent > 0 ? "succeeded" : "failed", summary };
};

interface Sending {
  readonly state: State;
  readonly publicUrl?: string | undefined;
  readonly desk: ReportDesk;
  readonly context: JobContext;
  readonly settings: Settings;
}

/** @returns why nothing was sent, if so: what is wrong for one holds up no other */
const sendToOne = async (sending: Sending, recipient: Recipient): Promise<string | undefined> => {
  const { state, desk, context, settings } = sending;
  const audience = await audienceOf(state, context, recipient);
  if (typeof audience === "string") return audience;
  const { caller, reader, isOwners } = audience;
  try {
    const definition = await readDefinition(state, settings.report, reader);
    const run = await desk.run(definition, caller, context.signal);
    const { reportMessage } = await import("../reports/report-message.ts");
    const attachments = await filesOf(run, settings);
    const link = await linkTo(sending);
    const message = await reportMessage(run, { locale: settings.locale, isOwners, attachments, link });
    await context.deliver(recipient, message);
    const files = attachments.map(({ fileName }) => fileName);
    await state.write(caller.actor, async ({ note }) =>
      note({ action: "data.exported", subject: `schedule ${context.scheduleId}`, details: { files } }),
    );
    return undefined;
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof TrimtabError) return `${error.message} (${error.code})`;
    throw error;
  }
};

const NOBODYS =
  "the address is nobody's, and the schedule does not say that it gets what this machine sees, which is all";

interface Audience {
  readonly caller: Caller;
  readonly reader: Reader;
  /** What the schedule's owner sees is sent: the recipient is no person. */
  readonly isOwners: boolean;
}

/** A template has no page of its own. */
const linkTo = async ({ publicUrl, settings: { report } }: Sending): Promise<Message["link"]> => {
  if (publicUrl === undefined) return undefined;
  const { REPORT_TEMPLATES } = await import("../../reports/definition/templates.ts");
  return REPORT_TEMPLATES.some(({ id }) => id === report)
    ? { title: "Open reports", url: `${publicUrl}/reports` }
    : { title: "Open the report", url: `${publicUrl}/reports/${encodeURIComponent(report)}` };
};

/** For whom a report is run, as of now; or why for nobody. */
const audienceOf = async (
  state: State,
  { scheduleId, ownerId }: Pick<JobContext, "scheduleId" | "ownerId">,
  recipient: Recipient,
): Promise<Audience | string> => {
  const { address, asOwner } = recipient;
  // Whose address it is gets what they may see, never what somebody else does: also if their account is off by now.
  const personId =
    recipient.personId ?? (address === undefined ? undefined : (await findPersonByEmail(state, address))?.id);
  const isOwners = personId === undefined;
  if (isOwners && ownerId === null && address !== undefined && asOwner !== true) return NOBODYS;
  const id = personId ?? ownerId;
  if (id === null) return { ...machineOwner(scheduleId), isOwners };
  const caller = await callerOfPerson(state, id);
  const access = await readAccess(state, id);
  const who = isOwners ? "the schedule's owner" : "the person";
  if (caller === undefined || access === undefined) return `${who} has no account that is switched on`;
  if (!caller.permissions.has("read") || caller.scope === NOTHING) return `${who} may see no charges`;
  const isAdmin = caller.permissions.has("administer");
  const reader = { personId: id, teamIds: access.teams.map((team) => team.id), isAdmin };
  return { caller: isOwners ? withoutAdministration(caller) : caller, reader, isOwners };
};

/** Whoever runs the machine made the schedule on its command line: they see all charges. */
const machineOwner = (scheduleId: string): Pick<Audience, "caller" | "reader"> => {
  const name = `schedule:${scheduleId}`;
  const permissions = new Set(["read"] as const);
  return {
    caller: {
      kind: "service",
      personId: name,
      actor: name,
      role: "viewer",
      permissions,
      scope: "unrestricted",
    },
    reader: { personId: name, teamIds: [], isAdmin: true },
  };
};

/** People and tokens are never told to a channel that others read. */
const withoutAdministration = (caller: Caller): Caller => ({
  ...caller,
  permissions: new Set([...caller.permissions].filter((one) => one !== "administer")),
});

/** @throws STATE_NOT_FOUND also where it is not shared with the reader */
const readDefinition = async (state: State, report: string, reader: Reader) => {
  const { REPORT_TEMPLATES } = await import("../../reports/definition/templates.ts");
  const template = REPORT_TEMPLATES.find(({ id }) => id === report);
  if (template !== undefined) return template.definition;
  const { definitionOf } = await import("../reports/saved-report.ts");
  return (await definitionOf(state, report, reader)).definition;
};

const filesOf = async (run: ReportRun, { formats, locale }: Settings): Promise<readonly MessageFile[]> => {
  const { exportReport } = await import("../../reports/exports/export-report.ts");
  const files: MessageFile[] = [];
  for (const format of new Set(formats)) {
    const { fileName, contentType, content } = exportReport(run, { format, locale });
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
    files.push({ fileName, contentType, bytes: Buffer.concat(chunks) });
  }
  return files;
};

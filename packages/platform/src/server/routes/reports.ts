import type { Json } from "@trimtab/domain";
import { reportDefinitionSchema } from "../../reports/definition/report-schema.ts";
import { REPORT_TEMPLATES, templateOf } from "../../reports/definition/templates.ts";
import { reportRunSchema } from "../../reports/run/report-run-schema.ts";
import {
  addSnapshot,
  deleteSnapshot,
  listSnapshots,
  readSnapshotBody,
  type SnapshotHead,
} from "../../state/report-snapshots.ts";
import {
  createSaved,
  deleteSaved,
  listSaved,
  listSavedVersions,
  listShares,
  readSaved,
  type SavedItem,
  saveSaved,
  setReportExpiry,
  shareSaved,
} from "../../state/saved-items.ts";
import type { State } from "../../state/state.ts";
import type { Caller } from "../access/caller.ts";
import { type PeopleNames, readPeopleNames } from "../access/people-names.ts";
import type { RouteHandlers } from "../contract.ts";
import type { reportsContracts } from "../contracts/reports.ts";
import { serverErrors } from "../errors.ts";
import { readCursor, toCursor } from "../page-cursor.ts";
import { readerOf } from "../reports/reader.ts";
import { readAs, readReading } from "../reports/reading.ts";
import { type ReportDesk, scopeDigest } from "../reports/report-desk.ts";
import { definitionOf } from "../reports/saved-report.ts";

export interface ReportParts {
  readonly state: State;
  readonly desk: ReportDesk;
}

const headOf = ({ ownerId, owner, ...item }: SavedItem, { told }: PeopleNames) => ({
  ...item,
  owner: { id: ownerId, name: told(owner) },
  updatedBy: told(item.updatedBy),
});

/**
 * A snapshot shows what its maker's scope showed: it is for those with the same scope, or, where its maker said so and the
 * maker sees all, for all whom the report is shared with.
 * @throws SERVER_NOT_FOUND
 */
export const readSnapshotFor = async (state: State, caller: Caller, reportId: string, id: string) => {
  const item = await readSaved(state, "report", reportId, await readerOf(state, caller));
  const head = (await listSnapshots(state, reportId)).find((one) => one.id === id && maySee(one, caller));
  if (head === undefined) throw serverErrors.create("SERVER_NOT_FOUND", { what: "snapshot", id });
  return { item, head, run: await readSnapshotBody(state, id, reportRunSchema) };
};

const maySee = ({ audience, scopeDigest: made }: SnapshotHead, { scope }: Caller): boolean =>
  audience === "report" || made === scopeDigest(scope);

const mayDelete = (
  { madeById }: SnapshotHead,
  { level }: Pick<SavedItem, "level">,
  { personId }: Caller,
): boolean => level === "own" || madeById === personId;

const snapshotOf = (snapshot: SnapshotHead, item: SavedItem, caller: Caller, { told }: PeopleNames) => {
  const { scopeDigest: _, madeById: __, madeBy, ...head } = snapshot;
  return { ...head, madeBy: told(madeBy), mayDelete: mayDelete(snapshot, item, caller) };
};

export const reportHandlers = ({ state, desk }: ReportParts): RouteHandlers<typeof reportsContracts> => {
  const reportOf = async (caller: Caller, id: string) => {
    const { item, definition } = await definitionOf(state, id, await readerOf(state, caller));
    const shares = item.level === "view" ? {} : { shares: [...(await listShares(state, id))] };
    return { ...headOf(item, await readPeopleNames(state)), definition, ...shares };
  };
  return {
    listReportTemplates: async () => ({ items: REPORT_TEMPLATES.map((template) => ({ ...template })) }),
    listReports: async ({ query, caller }) => {
      const names = await readPeopleNames(state);
      const saved = await listSaved(state, "report", await readerOf(state, caller));
      const all = saved.map((item) => headOf(item, names));
      const after = readCursor(query.cursor);
      const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after[1]) + 1;
      const items = all.slice(start, start + query.limit);
      const last = items.at(-1);
      const isMore = start + items.length < all.length && last !== undefined;
      return { items, ...(isMore ? { nextCursor: toCursor(last.updatedAt, last.id) } : {}) };
    },
    createReport: async ({ body, caller }) => {
      const isTemplate = "template" in body;
      const own = isTemplate ? templateOf(body.template).definition : body.definition;
      const definition = isTemplate && body.title !== undefined ? { ...own, title: body.title } : own;
      const id = await createSaved(state, caller.actor, {
        kind: "report",
        ownerId: caller.personId,
        draft: {
          title: definition.title,
          body: asJson(definition),
          ...(isTemplate ? {} : { expiresAfterMinutes: body.expiresAfterMinutes }),
        },
      });
      return await reportOf(caller, id);
    },
    previewReport: ({ body, caller, signal }) => desk.run(body.definition, caller, signal),
    getReport: ({ params, caller }) => reportOf(caller, params.id),
    saveReport: async ({ params, body, caller }) => {
      const reader = await readerOf(state, caller);
      const { definition, version } = body;
      const draft = { title: definition.title, body: asJson(definition) };
      await saveSaved(state, caller.actor, { kind: "report", id: params.id, reader, version, draft });
      return await reportOf(caller, params.id);
    },
    deleteReport: async ({ params, caller }) => {
      await deleteSaved(state, caller.actor, {
        kind: "report",
        id: params.id,
        reader: await readerOf(state, caller),
      });
      return null;
    },
    listReportVersions: async ({ params, caller }) => {
      await readSaved(state, "report", params.id, await readerOf(state, caller));
      const versions = await listSavedVersions(state, params.id, reportDefinitionSchema);
      const { told } = await readPeopleNames(state);
      return {
        items: versions.map(({ body, savedBy, ...head }) => ({
          ...head,
          savedBy: told(savedBy),
          definition: body,
        })),
      };
    },
    restoreReportVersion: async ({ params, caller }) => {
      const reader = await readerOf(state, caller);
      const item = await readSaved(state, "report", params.id, reader);
      const [old] = await listSavedVersions(state, params.id, reportDefinitionSchema, params.version);
      if (old === undefined)
        throw serverErrors.create("SERVER_NOT_FOUND", { what: "version", id: String(params.version) });
      const draft = { title: old.title, body: asJson(old.body) };
      await saveSaved(state, caller.actor, {
        kind: "report",
        id: params.id,
        reader,
        version: item.version,
        draft,
      });
      return await reportOf(caller, params.id);
    },
    shareReport: async ({ params, body, caller }) => {
      const reader = await readerOf(state, caller);
      await shareSaved(state, caller.actor, { kind: "report", id: params.id, reader, shares: body.shares });
      return await reportOf(caller, params.id);
    },
    setReportExpiry: async ({ params, body, caller }) => {
      const reader = await readerOf(state, caller);
      const minutes = body.expiresAfterMinutes;
      await setReportExpiry(state, caller.actor, { id: params.id, reader, minutes });
      return await reportOf(caller, params.id);
    },
    runReport: async ({ params, query, caller, signal }) => {
      const { item, definition } = await definitionOf(state, params.id, await readerOf(state, caller));
      const asRead = readAs(definition, readReading(query));
      return await desk.result(item, asRead, caller, { signal, refresh: query.refresh === "true" });
    },
    listSnapshots: async ({ params, caller }) => {
      const item = await readSaved(state, "report", params.id, await readerOf(state, caller));
      const all = await listSnapshots(state, params.id);
      const seen = all.filter((one) => maySee(one, caller));
      const names = await readPeopleNames(state);
      return { items: seen.map((head) => snapshotOf(head, item, caller, names)) };
    },
    pinSnapshot: async ({ params, body, caller, signal }) => {
      if (body.audience === "report" && caller.scope !== "unrestricted")
        throw serverErrors.create("SERVER_SCOPE_TOO_NARROW", { actor: caller.actor });
      const { item, definition } = await definitionOf(state, params.id, await readerOf(state, caller));
      // What only admins may see is never pinned for others.
      const shareable =
        body.audience === "report"
          ? { ...caller, permissions: new Set([...caller.permissions].filter((one) => one !== "administer")) }
          : caller;
      const asRead = readAs(definition, readReading(body.reading ?? {}));
      const run = await desk.run(asRead, shareable, signal);
      const id = await addSnapshot(state, caller.actor, {
        reportId: item.id,
        reportVersion: item.version,
        title: body.title ?? run.title,
        audience: body.audience,
        scopeDigest: scopeDigest(caller.scope),
        lakeVersion: run.lakeVersion,
        body: asJson(run),
        madeById: caller.personId,
      });
      const { head } = await readSnapshotFor(state, caller, item.id, id);
      return snapshotOf(head, item, caller, await readPeopleNames(state));
    },
    getSnapshot: async ({ params, caller }) => {
      const { item, head, run } = await readSnapshotFor(state, caller, params.id, params.snapshot);
      return { ...snapshotOf(head, item, caller, await readPeopleNames(state)), run };
    },
    deleteSnapshot: async ({ params, caller }) => {
      const { item, head } = await readSnapshotFor(state, caller, params.id, params.snapshot);
      if (!mayDelete(head, item, caller))
        throw serverErrors.create("SERVER_NOT_FOUND", { what: "snapshot of yours", id: head.id });
      await deleteSnapshot(state, caller.actor, head);
      return null;
    },
  };
};

/** Without the members that are undefined. */
const asJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

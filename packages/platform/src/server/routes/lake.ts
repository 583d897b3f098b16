import { scoreLake } from "../../insight/conformance/score-bills.ts";
import { diffVersions } from "../../lake/diff.ts";
import { readHistory } from "../../lake/history.ts";
import type { LoadEntry } from "../../lake/manifest.ts";
import { readQuarantine } from "../../lake/quarantined-rows.ts";
import type { RouteHandlers } from "../contract.ts";
import type { lakeContracts } from "../contracts/lake.ts";
import { serverErrors } from "../errors.ts";
import { describeLake } from "../lake/describe-lake.ts";
import { reconcileLive } from "../lake/reconcile-live.ts";
import type { ServerParts } from "../parts.ts";
import { readCursor, writeCursor } from "../queries/cursor.ts";
import { askingOf } from "../queries/questions.ts";

export const lakeHandlers = (parts: ServerParts): RouteHandlers<typeof lakeContracts> => {
  const { lake, watch, questions, metrics, sources } = parts;
  return {
    getLake: async () => describeLake(await watch.refresh(), await metrics.list(), parts.clock()),

    listLoads: async (input) => {
      const { limit, cursor } = input.query;
      const place = cursor === undefined ? undefined : readCursor(cursor, { list: "loads" });
      const all = await questions.work("history", null, askingOf(input), () => readHistory(lake.store));
      // Newer versions come in front; a page goes on below the version that the last one ended with.
      const rest = place === undefined ? all : all.filter(({ version }) => version < place.lakeVersion);
      const items = rest.slice(0, limit);
      const last = items.at(-1);
      return {
        items,
        ...(rest.length > limit && last !== undefined
          ? { nextCursor: writeCursor({ lakeVersion: last.version, offset: 0 }, { list: "loads" }) }
          : {}),
      };
    },

    getConformance: (input) =>
      questions.work("conformance", null, askingOf(input), async ({ lake: own, signal, context }) => ({
        lakeVersion: context.lakeVersion,
        sources: await scoreLake(own, { sources, signal }),
      })),

    getLakeDiff: async (input) => {
      const { from, to, limit } = input.query;
      const kept = await lake.store.versions();
      const newer = to ?? kept.at(-1) ?? 0;
      const older = from ?? kept.filter((version) => version < newer).at(-1) ?? 0;
      const versions = kept.toReversed();
      if (older === 0 || newer === 0) {
        if (from !== undefined || to !== undefined)
          throw serverErrors.create("SERVER_NOT_FOUND", {
            what: "version of the lake",
            id: String(from ?? to),
          });
        return { from: older, to: newer, added: [], removed: [], lines: [], lineCount: 0, versions };
      }
      const diff = await questions.work("diff", { older, newer }, askingOf(input), (tools) =>
        diffVersions(tools.lake, older, newer, { signal: tools.signal }),
      );
      return {
        from: older,
        to: newer,
        added: diff.added.map(nameOf),
        removed: diff.removed.map(nameOf),
        lines: diff.lines.slice(0, limit),
        lineCount: diff.lines.length,
        versions,
      };
    },

    getReconciliation: (input) => reconcileLive({ questions, sources }, askingOf(input)),

    listQuarantine: async (input) => {
      const { limit, cursor } = input.query;
      const question = { list: "quarantine" };
      const place = cursor === undefined ? undefined : readCursor(cursor, question);
      const asking = askingOf(input, { lakeVersion: place?.lakeVersion });
      const { lakeVersion, rows } = await questions.work("quarantine", null, asking, async (tools) => {
        const { manifest, version } = await tools.lake.snapshot(tools.context.lakeVersion);
        return {
          lakeVersion: version,
          rows: await readQuarantine(tools.lake, manifest, { signal: tools.signal }),
        };
      });
      const offset = place?.offset ?? 0;
      const items = rows.slice(offset, offset + limit);
      const end = offset + items.length;
      return {
        items,
        lakeVersion,
        quarantined: rows.length,
        ...(end < rows.length ? { nextCursor: writeCursor({ lakeVersion, offset: end }, question) } : {}),
      };
    },
  };
};

const nameOf = ({ instance, billingPeriod, rows }: LoadEntry) => ({ instance, billingPeriod, rows });

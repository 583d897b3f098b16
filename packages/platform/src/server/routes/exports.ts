import { type Clock, instantOf } from "@trimtab/domain";
import { formatQueryText } from "../../query/format-query.ts";
import { type ExportFile, exportReport, reportOfQuery } from "../../reports/exports/export-report.ts";
import type { State } from "../../state/state.ts";
import type { Caller } from "../access/caller.ts";
import type { RawAnswer, RouteHandlers } from "../contract.ts";
import type { exportsContracts } from "../contracts/exports.ts";
import { askingOf, type Questions } from "../queries/questions.ts";
import { readerOf } from "../reports/reader.ts";
import { readAs, readReading } from "../reports/reading.ts";
import type { ReportDesk } from "../reports/report-desk.ts";
import { definitionOf } from "../reports/saved-report.ts";
import { readSnapshotFor } from "./reports.ts";

export interface ExportParts {
  readonly state: State;
  readonly desk: ReportDesk;
  readonly questions: Questions;
  readonly clock: Clock;
}

export const exportHandlers = (parts: ExportParts): RouteHandlers<typeof exportsContracts> => {
  const { state, desk, questions, clock } = parts;
  /** Who took what out of the house is in the audit log. */
  const send = async (caller: Caller, subject: string, file: ExportFile): Promise<RawAnswer> => {
    await state.write(caller.actor, async ({ note }) =>
      note({ action: "data.exported", subject, details: { file: file.fileName } }),
    );
    const { content: raw, contentType, fileName } = file;
    return { raw, contentType, fileName };
  };
  return {
    exportQuery: async (input) => {
      const { query, format, currency, timeZone, lakeVersion, title, chart } = input.body;
      const { model } = await questions.semantics();
      const name = title ?? formatQueryText(query, model).slice(0, 200);
      const answer = await questions.query(query, askingOf(input, { currency, timeZone, lakeVersion }));
      const scoped = input.caller.scope !== "unrestricted";
      const run = reportOfQuery(answer, { title: name, chart, scoped, madeAt: instantOf(clock()) });
      return await send(input.caller, "query", exportReport(run, { format, locale: "en", block: "result" }));
    },
    exportReport: async ({ params, query, caller, signal }) => {
      const { format, snapshot, block, locale } = query;
      const subject = `report ${params.id}`;
      if (snapshot !== undefined) {
        const { run } = await readSnapshotFor(state, caller, params.id, snapshot);
        return await send(caller, subject, exportReport(run, { format, locale, block }));
      }
      const { item, definition } = await definitionOf(state, params.id, await readerOf(state, caller));
      const reading = readReading(query);
      const { run } = await desk.result(item, readAs(definition, reading), caller, {
        signal,
        refresh: false,
      });
      return await send(caller, subject, exportReport(run, { format, locale, block }));
    },
    exportDefinition: async ({ body, caller, signal }) => {
      const { definition, format, block, locale } = body;
      const run = await desk.run(definition, caller, signal);
      return await send(caller, "report that is not saved", exportReport(run, { format, locale, block }));
    },
  };
};

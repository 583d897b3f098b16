import { type ReportDefinition, reportDefinitionSchema } from "../../reports/definition/report-schema.ts";
import { listSavedVersions, type Reader, readSaved, type SavedItem } from "../../state/saved-items.ts";
import type { State } from "../../state/state.ts";
import { serverErrors } from "../errors.ts";

/** The definition of a report's newest version. @throws STATE_NOT_FOUND, STATE_RECORD_INVALID */
export const definitionOf = async (
  state: State,
  id: string,
  reader: Reader,
): Promise<{ readonly item: SavedItem; readonly definition: ReportDefinition }> => {
  const item = await readSaved(state, "report", id, reader);
  const [newest] = await listSavedVersions(state, id, reportDefinitionSchema, item.version);
  if (newest === undefined) throw serverErrors.create("SERVER_NOT_FOUND", { what: "report", id });
  return { item, definition: newest.body };
};

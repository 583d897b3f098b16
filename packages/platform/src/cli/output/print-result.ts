import { sanitiseLines } from "../../reports/text/sanitise.ts";
import type { CommandResult } from "../command.ts";
import type { GlobalValues } from "../global-options.ts";
import type { OutputStream } from "../run.ts";
import { chooseTable, renderCsv, tablesOf } from "./csv.ts";
import { renderJson } from "./json.ts";
import type { Style } from "./style.ts";
import { renderTerminal } from "./terminal.ts";

interface Printer {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly style: Style;
}

/** Writes an answer in the form that was asked for. */
export function printResult(result: CommandResult, globals: GlobalValues, printer: Printer): void {
  const { stdout, stderr, env, style } = printer;
  if (globals.json) {
    stdout.write(renderJson(result.json ?? result.document));
  } else if (result.raw !== undefined) {
    stdout.write(sanitiseLines(result.raw));
  } else if (globals.csv !== false) {
    const tables = result.csv ?? tablesOf(result.document);
    const chosen = chooseTable(tables, typeof globals.csv === "string" ? globals.csv : undefined);
    stdout.write(renderCsv(chosen));
    const others = tables.filter((table) => table !== chosen);
    if (globals.csv === true && others.length > 0 && !globals.quiet) {
      const ids = others.map(({ id }) => `--csv=${id}`).join(", ");
      stderr.write(`Printed the table "${chosen.id}"; there are also ${ids}.\n`);
    }
  } else {
    const columns = Number(env.COLUMNS);
    const width = stdout.columns ?? (columns > 0 ? columns : Number.POSITIVE_INFINITY);
    stdout.write(renderTerminal(result.document, { style, width, isQuiet: globals.quiet }));
  }
}

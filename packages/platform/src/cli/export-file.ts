import { createWriteStream } from "node:fs";
import { extname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { EXPORT_FORMATS, type ExportFormat } from "../reports/exports/export-formats.ts";
import type { ExportFile } from "../reports/exports/export-report.ts";
import { cliErrors } from "./errors.ts";

/** What `--to` names. @throws CLI_ARGUMENT_MISSING, CLI_FILE_INVALID */
export const formatOfFile = (
  cwd: string,
  to: unknown,
  usage: string,
): { readonly format: ExportFormat; readonly path: string } => {
  if (typeof to !== "string")
    throw cliErrors.create("CLI_ARGUMENT_MISSING", { command: "export", argument: "--to FILE", usage });
  const ending = extname(to).slice(1).toLowerCase();
  const format = EXPORT_FORMATS.find((one) => one === ending);
  if (format !== undefined) return { format, path: resolve(cwd, to) };
  const reason = `its name ends in none of ${EXPORT_FORMATS.map((one) => `.${one}`).join(", ")}`;
  throw cliErrors.create("CLI_FILE_INVALID", { option: "--to", file: to, reason });
};

/** Writes a file as it is made. @returns its bytes */
export const writeExport = async (path: string, { content }: ExportFile): Promise<number> => {
  const out = createWriteStream(path);
  await pipeline(Readable.from(content, { objectMode: false }), out);
  return out.bytesWritten;
};

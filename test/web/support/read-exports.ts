import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import type { Page } from "playwright-core";

const run = promisify(execFile);

/** A file that the page hands to the browser after a choice in the report's Download menu. */
export const downloadAs = async (page: Page, item: string): Promise<string> => {
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Download/ }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
  return await (await saved).path();
};

export const readCsv = async (file: string): Promise<readonly (readonly string[])[]> =>
  parse(await readFile(file)) as string[][];

/** The words of a PDF; undefined where the machine has no pdftotext. */
export const readPdf = async (file: string): Promise<string | undefined> => {
  try {
    return (await run("pdftotext", ["-layout", file, "-"])).stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};

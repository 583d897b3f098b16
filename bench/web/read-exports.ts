import { buffer } from "node:stream/consumers";
import yauzl from "yauzl";

/** Rows of a sheet, counted in its XML. */
export const sheetRowsOf = async (workbook: Buffer, sheet: string): Promise<number> => {
  const zip = await yauzl.fromBufferPromise(workbook);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== sheet) continue;
    const xml = await buffer(await zip.openReadStreamPromise(entry));
    return countOf(xml, "<row ");
  }
  throw new Error(`The workbook has no ${sheet}`);
};

/** Pages of a PDF, counted by their objects. */
export const pagesOf = (pdf: Buffer): number => countOf(pdf, "/Type /Page\n");

const countOf = (bytes: Buffer, text: string): number => {
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) count += 1;
  return count;
};

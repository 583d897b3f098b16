import JSZip from "jszip";

/** Rows of a sheet, counted in its XML. */
export const sheetRowsOf = async (workbook: Buffer, sheet: string): Promise<number> => {
  const file = (await JSZip.loadAsync(workbook)).file(sheet);
  if (file === null) throw new Error(`The workbook has no ${sheet}`);
  return countOf(await file.async("nodebuffer"), "<row ");
};

/** Pages of a PDF, counted by their objects. */
export const pagesOf = (pdf: Buffer): number => countOf(pdf, "/Type /Page\n");

const countOf = (bytes: Buffer, text: string): number => {
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) count += 1;
  return count;
};

/** Rows of a sheet of a workbook, as Excel would show its cells' values. */
export const readSheet = async (file: string, name: string): Promise<readonly (readonly unknown[])[]> => {
  const { default: excel } = await import("exceljs");
  const book = new excel.Workbook();
  await book.xlsx.readFile(file);
  const rows: unknown[][] = [];
  book.getWorksheet(name)?.eachRow(({ values }) => rows.push((values as unknown[]).slice(1)));
  return rows;
};

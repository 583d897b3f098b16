import { expect, test } from "vitest";
import { quarantineCsv } from "./quarantine-csv.ts";

test("cells are quoted where they must be, and no cell is a formula", () => {
  const csv = quarantineCsv([
    { source: "aws", file: "a,b.csv", line: 7, column: null, reason: 'not "a" number', raw: "=HYPERLINK(1)" },
    { source: "aws", file: "c.csv", line: null, column: "Cost", reason: "-", raw: null },
  ]);
  expect(csv.split("\r\n")).toEqual([
    "source,file,line,column,reason,raw",
    'aws,"a,b.csv",7,,"not ""a"" number",\'=HYPERLINK(1)',
    "aws,c.csv,,Cost,'-,",
    "",
  ]);
});

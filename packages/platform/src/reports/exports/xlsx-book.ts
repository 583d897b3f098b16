import { xmlText } from "./xml-text.ts";

export interface NamedSheet {
  readonly name: string;
  /** What its filters are over. */
  readonly filter?: string | undefined;
}

export interface Book {
  readonly title: string;
  readonly sheets: readonly NamedSheet[];
  readonly styles: string;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";

export const sheetPath = (index: number): string => `xl/worksheets/sheet${index + 1}.xml`;

/** All of a workbook but its sheets: what it consists of, its styles and names. */
export const bookParts = ({
  title,
  sheets,
  styles,
}: Book): readonly { readonly path: string; readonly xml: string }[] =>
  [
    { path: "[Content_Types].xml", xml: contentTypes(sheets) },
    {
      path: "_rels/.rels",
      xml: relations([
        [`${OFFICE}/officeDocument`, "xl/workbook.xml"],
        [`${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"],
      ]),
    },
    { path: "docProps/core.xml", xml: coreProperties(title) },
    { path: "xl/workbook.xml", xml: workbook(sheets) },
    {
      path: "xl/_rels/workbook.xml.rels",
      xml: relations([
        ...sheets.map((_, index) => [`${OFFICE}/worksheet`, `worksheets/sheet${index + 1}.xml`] as const),
        [`${OFFICE}/styles`, "styles.xml"],
      ]),
    },
    { path: "xl/styles.xml", xml: styles },
  ].map(({ path, xml }) => ({ path, xml: `${HEAD}${xml}` }));

const contentTypes = (sheets: readonly NamedSheet[]): string => {
  const part = (name: string, type: string) => `<Override PartName="/${name}" ContentType="${type}"/>`;
  return [
    `<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    part("xl/workbook.xml", `${TYPES}.sheet.main+xml`),
    part("xl/styles.xml", `${TYPES}.styles+xml`),
    part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ...sheets.map((_, index) => part(sheetPath(index), `${TYPES}.worksheet+xml`)),
    "</Types>",
  ].join("");
};

/** The n-th has the id rIdn. */
const relations = (list: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${list
    .map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

const coreProperties = (title: string): string =>
  [
    `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`,
    `<dc:title>${xmlText(title)}</dc:title><dc:creator>Trimtab</dc:creator></cp:coreProperties>`,
  ].join("");

const workbook = (sheets: readonly NamedSheet[]): string => {
  const list = sheets.map(
    ({ name }, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  // Excel looks for the range of a filter under this name.
  const filters = sheets.flatMap(({ name, filter }, index) =>
    filter === undefined
      ? []
      : [
          `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${xmlText(`'${name}'!${filter.replace(/([A-Z]+)(\d+)/g, "$$$1$$$2")}`)}</definedName>`,
        ],
  );
  return [
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}">`,
    '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="17600"/></bookViews>',
    `<sheets>${list.join("")}</sheets>`,
    filters.length === 0 ? "" : `<definedNames>${filters.join("")}</definedNames>`,
    "</workbook>",
  ].join("");
};

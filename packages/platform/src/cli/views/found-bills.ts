import type { FoundBills } from "../../sources/load-bills.ts";
import type { Block, Document } from "../output/document.ts";

interface FoundFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly format: string;
  readonly compression: string;
  readonly source: string;
  readonly variant: string;
  readonly export: string;
}

/** What each file was recognised as, and what would not be loaded. */
export function foundJson({ inputs, others, superseded }: FoundBills) {
  return {
    files: inputs.map(
      ({ file, source, variant, exportName }): FoundFile => ({
        path: file.path,
        sizeBytes: file.sizeBytes,
        format: file.format,
        compression: file.compression,
        source: source.id,
        variant,
        export: exportName,
      }),
    ),
    others: others.map(({ file, source, dataset, reason }) => ({ path: file.path, source, dataset, reason })),
    superseded,
  };
}

/** The page of `ingest --dry-run`. */
export function foundDocument(found: FoundBills): Document {
  const { files, others, superseded } = foundJson(found);
  const blocks: Block[] = [
    {
      kind: "table",
      id: "files",
      columns: [
        { name: "File", kind: "text" },
        { name: "Source", kind: "text" },
        { name: "Variant", kind: "text" },
        { name: "Format", kind: "text" },
        { name: "Bytes", kind: "number" },
      ],
      rows: files.map(({ path, source, variant, format, compression, sizeBytes }) => [
        path,
        source,
        variant,
        compression === "none" ? format : `${format}, ${compression}`,
        String(sizeBytes),
      ]),
    },
    ...notRead("Holds no costs", others),
    ...notRead("Left out", superseded),
    { kind: "text", text: "Nothing was loaded. Without --dry-run, these files are.", tone: "muted" },
  ];
  return { title: `${files.length} ${files.length === 1 ? "bill" : "bills"} recognised`, blocks };
}

/** Files that are no part of the load, each with its reason. */
export function notRead(
  title: string,
  files: readonly { readonly path: string; readonly reason: string }[],
): Block[] {
  if (files.length === 0) return [];
  return [
    {
      kind: "table",
      id: title.toLowerCase().replaceAll(" ", "-"),
      title,
      columns: [
        { name: "File", kind: "text" },
        { name: "Why", kind: "text", wrap: true },
      ],
      rows: files.map(({ path, reason }) => [path, reason]),
    },
  ];
}

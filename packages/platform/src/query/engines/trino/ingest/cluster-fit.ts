import type { InputGroup } from "../../../../lake/ingest/input-group.ts";
import type { InspectedFile } from "../../../../lake/input/inspect-file.ts";

/** Types of Parquet columns that both engines read alike, as each engine calls them. */
const TYPES: Readonly<Record<string, string>> = {
  VARCHAR: "varchar",
  BOOLEAN: "boolean",
  TINYINT: "tinyint",
  SMALLINT: "smallint",
  INTEGER: "integer",
  BIGINT: "bigint",
  DOUBLE: "double",
  DATE: "date",
  TIMESTAMP: "timestamp(6)",
  "TIMESTAMP WITH TIME ZONE": "timestamp(6)",
  "MAP(VARCHAR, VARCHAR)": "map(varchar, varchar)",
  "MAP(VARCHAR, DOUBLE)": "map(varchar, double)",
};

/** The cluster's name of a type of the embedded engine; undefined where values could be read in two ways. */
export const clusterType = (type: string): string | undefined =>
  TYPES[type] ?? (/^DECIMAL\(\d+,\d+\)$/.test(type) ? type.toLowerCase() : undefined);

const ENDING = { none: "", gzip: ".gz", zstd: ".zst" } as const;
const COMPRESSED = /\.(gz|gzip|zst|bz2|lz4|lzo|lzo_deflate|snappy|deflate)$/;

/** A cluster goes by a file's name where the embedded engine goes by its bytes. */
const isNamedAsPacked = ({ path, compression }: InspectedFile): boolean =>
  (COMPRESSED.exec(path)?.[0] ?? "") === ENDING[compression];

/** Files that Hive takes for hidden. */
const isHidden = ({ path }: InspectedFile): boolean => /(^|\/)[._][^/]*$/.test(path);

const oddColumn = ({ header }: InputGroup): string | undefined => {
  const seen = new Set<string>();
  for (const { name, type } of header.columns) {
    const folded = name.toLowerCase();
    if (seen.has(folded)) return `it has two columns ${name} for an engine that does not heed case`;
    seen.add(folded);
    if (clusterType(type) === undefined) return `its column ${name} is ${type}`;
    if (!/^[\w ./:-]+$/.test(name)) return `of the name of its column ${JSON.stringify(name.slice(0, 40))}`;
  }
  return undefined;
};

/** A header that goes over several lines, or that fields of another number stand under. */
const oddHeader = ({ header }: InputGroup, { head }: InspectedFile): boolean => {
  const line = head.split(/\r\n|\n|\r/)[header.linesBefore ?? 0] ?? "";
  return line.split('"').length % 2 === 0;
};

/**
 * Why a group is read by the embedded engine instead of the cluster; undefined where it need not be. What only the rows
 * can tell is found when they are read.
 */
export const unfitFor = (group: InputGroup): string | undefined => {
  const { source, header, files, mapping } = group;
  const [first] = files;
  const because = (reason: string, file = first) => `${file?.path ?? ""}: ${reason}`;
  if (source.onCluster !== true) return because(`bills of ${source.id} are not mapped on a cluster`);
  if (header.format === "ndjson") return because("NDJSON is not mapped on a cluster");
  if (mapping.twinKey !== undefined || mapping.branches.some(({ each }) => each !== undefined))
    return because("its rows are compared or split in ways that a cluster does not do");
  const misnamed = files.find((file) => !isNamedAsPacked(file));
  if (misnamed !== undefined) return because("its name does not end as its compression does", misnamed);
  const hidden = files.find(isHidden);
  if (hidden !== undefined) return because("a cluster does not see files of such names", hidden);
  if (header.format === "csv") {
    const odd = files.find((file) => oddHeader(group, file));
    return odd === undefined ? undefined : because("its header goes over several lines", odd);
  }
  const odd = oddColumn(group);
  return odd === undefined ? undefined : because(odd);
};

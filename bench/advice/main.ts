import type { Figure, PrintTable } from "../figure.ts";

type Part = (out: (figure: Figure) => void, table: PrintTable) => Promise<void>;

/** What advice, plans and their verification are measured by: a file each. */
const PARTS: readonly (() => Promise<Part>)[] = [
  async () => (await import("./estate.ts")).benchEstate,
  async () => (await import("./scaling.ts")).benchScaling,
  async () => (await import("./verification.ts")).benchVerification,
];

export const benchAdvice = async (out: (figure: Figure) => void, table: PrintTable): Promise<void> => {
  for (const part of PARTS) await (await part())(out, table);
};

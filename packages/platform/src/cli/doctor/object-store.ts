import type { StoreExamination } from "../../lake/storage/examine-store.ts";
import { bytesText, type Finding } from "./finding.ts";

/** Stores refuse requests that are fifteen minutes off; a minute is already worth a word. */
const WORRYING_MS = 60_000;

/** What a lake's bucket allows, how its clock differs, and how full the cache is. */
export function storeFindings(root: string, examination: StoreExamination): readonly Finding[] {
  return [bucketFinding(root, examination), ...clockFindings(examination), cacheFinding(examination)];
}

function bucketFinding(root: string, { steps }: StoreExamination): Finding {
  const finding = { area: "lake", name: "Bucket" } as const;
  const failed = steps.find(({ error }) => error !== undefined)?.error;
  if (failed !== undefined) {
    return { ...finding, status: "broken", detail: failed.message, mend: failed.hint };
  }
  const tried = steps.map(({ name }) => name).join(", ");
  return { ...finding, status: "ok", detail: `${root} allows what a lake needs: ${tried}` };
}

function clockFindings({ clockDifferenceMs }: StoreExamination): readonly Finding[] {
  if (clockDifferenceMs === undefined) return [];
  const finding = { area: "lake", name: "Clock" } as const;
  const seconds = Math.round(Math.abs(clockDifferenceMs) / 1000);
  const detail = `this machine is ${seconds} s ${clockDifferenceMs < 0 ? "behind" : "ahead of"} the store`;
  if (Math.abs(clockDifferenceMs) < WORRYING_MS) return [{ ...finding, status: "ok", detail }];
  const mend = "Set this machine's clock (NTP): requests fifteen minutes off are refused.";
  return [{ ...finding, status: "warn", detail, mend }];
}

function cacheFinding({ cache }: StoreExamination): Finding {
  const { folder, files, bytes, maxBytes } = cache;
  const detail = `${bytesText(bytes)} of at most ${bytesText(maxBytes)} in ${files.toLocaleString("en-US")} files at ${folder}`;
  return { area: "lake", name: "Cache", status: "ok", detail };
}

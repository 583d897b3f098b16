import type { AuditAnchor } from "../state/audit.ts";
import { cliErrors } from "./errors.ts";

/** `12:3fa9…` as `trimtab state status` prints it. @throws CLI_ANCHOR_INVALID */
export function readAnchor(value: string | readonly string[] | boolean | undefined): AuditAnchor | undefined {
  if (typeof value !== "string") return undefined;
  const [, seq, hash] = /^([1-9]\d{0,9}):([0-9a-f]{64})$/.exec(value) ?? [];
  if (seq === undefined || hash === undefined) throw cliErrors.create("CLI_ANCHOR_INVALID", { value });
  return { seq: Number(seq), hash };
}

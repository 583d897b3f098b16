import type { TrimtabError } from "@trimtab/domain";
import type { Position } from "../../query/text/yaml-draft.ts";
import { claimsErrors } from "./claims-errors.ts";

type Code = keyof typeof claimsErrors.catalogue;

/** Makes the error of one place in a sheet. */
export function claimsError(
  code: Code,
  file: string,
  position: Position,
  details: { readonly problem?: string; readonly id?: string },
): TrimtabError {
  return claimsErrors.create(code, { file, line: position.line, column: position.column, ...details });
}

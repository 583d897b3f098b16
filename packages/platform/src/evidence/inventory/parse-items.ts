import type { InventoryItem } from "@trimtab/domain";
import { z } from "zod";
import { evidenceErrors } from "../errors.ts";
import { instantText, isResourceKind, RESOURCE_KINDS, SETTINGS_SCHEMAS } from "./settings-schemas.ts";

/** An item without what its kind decides. */
const frame = z.strictObject({
  kind: z.string().refine(isResourceKind, { error: `one of ${RESOURCE_KINDS.join(", ")}` }),
  id: z.string().min(1),
  name: z.string().min(1),
  scope: z
    .strictObject({
      provider: z.enum(["aws", "gcp", "azure"]),
      account: z.string().min(1),
      region: z.string().min(1),
    })
    .readonly(),
  settings: z.record(z.string(), z.unknown()),
  tags: z.record(z.string(), z.string()).readonly(),
  aliases: z.array(z.string().min(1)).readonly(),
  createdAt: instantText.optional(),
  readAt: instantText,
});

/** @throws INVENTORY_INVALID naming the place in the file */
export const parseItem = (value: unknown, file: string, path: string): InventoryItem => {
  const item = frame.safeParse(value);
  if (!item.success) throw invalid(file, path, item.error);
  const { kind, createdAt, ...rest } = item.data;
  if (!isResourceKind(kind)) throw new TypeError(`${kind} was checked`);
  const settings = SETTINGS_SCHEMAS[kind].safeParse(rest.settings);
  if (!settings.success) throw invalid(file, `${path}.settings`, settings.error);
  const parsed = {
    ...rest,
    kind,
    settings: settings.data,
    ...(createdAt === undefined ? {} : { createdAt }),
  };
  return parsed as InventoryItem;
};

/** What is wrong first, and where. */
export const invalid = (file: string, path: string, error: z.ZodError) => {
  const [issue] = error.issues;
  const keys = (issue?.path ?? []).map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return evidenceErrors.create(
    "INVENTORY_INVALID",
    { file, path: `${path}${keys.join("")}`, problem: issue?.message ?? "it can't be read" },
    { cause: error },
  );
};

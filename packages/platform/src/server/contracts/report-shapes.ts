import { z } from "zod";

/** What reports, exports and views have in common. */
export const id = z.string().min(1).max(100);
export const instant = z.iso.datetime();
export const version = z.int().min(1);

export const pageQuery = z.object({
  cursor: z.string().min(1).max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** Who besides the owner may see or change something. */
export const sharesSchema = z
  .array(
    z.strictObject({
      kind: z.enum(["person", "team"]),
      id,
      level: z.enum(["view", "edit"]),
    }),
  )
  .max(200);

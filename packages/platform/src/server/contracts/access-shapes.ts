import { z } from "zod";
import { type Filter, filterSchema } from "../../query/types.ts";
import { PERMISSIONS, ROLES } from "../access/permissions.ts";

/** What several nouns of access have in common. */
export const id = z.string().min(1).max(100);
export const instant = z.iso.datetime();
export const cursor = z.string().min(1).max(500);
export const role = z.enum(ROLES);
export const permission = z.enum(PERMISSIONS);
export const email = z.email().max(254);
export const label = z.string().trim().min(1).max(100);
export const pageSize = z.coerce.number().int().min(1).max(200).default(50);

/** Argon2 and scrypt take a text of any length; a limit keeps a request from costing more than it should. */
export const newPassword = z.string().min(12).max(200);

/** The code of a one-time link, as the link carries it behind its `#`. */
export const linkCode = z.string().min(20).max(200);

/** Which charges a team sees; null: all of them. */
export const rowScope: z.ZodType<Filter | null> = z.union([filterSchema, z.null()]);

/** Of people, teams and tokens, where only their names are needed. */
export const named = z.strictObject({ id, name: z.string() });

import { z } from "zod";
import { defineRoutes } from "../contract.ts";

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "a colour such as #0f766e");
/** A picture within the page: no request goes elsewhere for it. SVG is left out, as it may hold scripts. */
const logo = z
  .string()
  .max(200_000)
  .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/, "a PNG, JPEG or WebP as a data URL");

/** How pages, reports and messages call themselves; null: ours. */
export const brandingSchema = z.strictObject({
  name: z.string().trim().min(1).max(60).nullable(),
  logo: logo.nullable(),
  /** Of buttons, links and the first series of charts, for light and for dark pages. */
  colour: z.strictObject({ light: colour, dark: colour }).nullable(),
});
export type Branding = z.output<typeof brandingSchema>;

export const brandingContracts = defineRoutes({
  getBranding: {
    method: "GET",
    path: "/api/v1/branding",
    summary: "Name, logo and colours",
    tag: "Settings",
    access: "public",
    scope: "none",
    response: brandingSchema,
  },
  setBranding: {
    method: "PUT",
    path: "/api/v1/branding",
    summary: "Change name, logo and colours",
    tag: "Settings",
    access: "administer",
    scope: "none",
    body: brandingSchema,
    response: brandingSchema,
  },
});

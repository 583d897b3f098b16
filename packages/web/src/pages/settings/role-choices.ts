import type { Me } from "../../api/use-me.ts";

/** Roles, each with what it is for; the same sentences as docs/guides/access.md. */
export const ROLE_ABOUT: Readonly<Record<Me["role"], string>> = {
  viewer: "Reads costs, recommendations and reports.",
  analyst: "Also saves views and reports, and decides on recommendations.",
  operator: "Also brings bills in, keeps schedules and channels, and runs approved plans.",
  approver: "Reads, saves, and approves plans; runs none.",
  admin: "May everything, people and settings too.",
};

export const ROLE_CHOICES = (Object.keys(ROLE_ABOUT) as Me["role"][]).map((role) => ({
  value: role,
  title: role,
}));

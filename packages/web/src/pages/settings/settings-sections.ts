import type { Permission } from "../../api/use-me.ts";

/** Parts of the settings by their name in the address. */
export const SECTIONS = [
  { name: "profile", title: "Profile" },
  { name: "tokens", title: "API tokens" },
  { name: "people", title: "People", permission: "administer" },
  { name: "teams", title: "Teams", permission: "administer" },
  { name: "channels", title: "Channels", permission: "ingest" },
  { name: "schedules", title: "Schedules", permission: "save" },
  { name: "deliveries", title: "Outbox", permission: "ingest" },
  { name: "branding", title: "Branding", permission: "administer" },
  { name: "audit", title: "Audit log", permission: "administer" },
] as const satisfies readonly {
  readonly name: string;
  readonly title: string;
  readonly permission?: Permission;
}[];

export type SectionName = (typeof SECTIONS)[number]["name"];

export const sectionsFor = (permissions: readonly Permission[]) =>
  SECTIONS.filter((section) => !("permission" in section) || permissions.includes(section.permission));

export const DELIVERY_STATUSES = ["waiting", "sending", "delivered", "dead", "cancelled"] as const;

/** What a section shows, as its address has it. */
export interface SettingsSearch {
  readonly status?: (typeof DELIVERY_STATUSES)[number];
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 500) : undefined;

export const readSettingsSearch = (raw: Record<string, unknown>): SettingsSearch => {
  const found: { readonly [K in keyof SettingsSearch]: SettingsSearch[K] | undefined } = {
    status: DELIVERY_STATUSES.find((status) => status === raw.status),
    actor: text(raw.actor),
    action: text(raw.action),
    subject: text(raw.subject),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
};

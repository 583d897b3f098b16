/** What people are, each a set of permissions; see docs/guides/access.md. */
export const ROLES = ["viewer", "analyst", "operator", "approver", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** What a route asks for. A token's scopes are some of these, never more than its owner has. */
export const PERMISSIONS = [
  /** See costs, recommendations, programme, reports within one's scope, and export them. */
  "read",
  /** Save views and reports, comment, share what one owns. */
  "save",
  /** Accept, dismiss, snooze and assign recommendations; edit the programme. */
  "decide",
  /** Bring bills and metrics in; schedules and channels. */
  "ingest",
  /** Make plans, run and roll back approved ones. */
  "operate",
  /** Approve plans and revoke approvals. */
  "approve",
  /** People, teams, tokens of others, branding, audit log. */
  "administer",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Who approves does not run, who runs does not approve: only an admin may do both. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ["read"],
  analyst: ["read", "save", "decide"],
  operator: ["read", "save", "decide", "ingest", "operate"],
  approver: ["read", "save", "approve"],
  admin: PERMISSIONS,
};

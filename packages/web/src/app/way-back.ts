/** Where to go after signing in: a place of this app, never another site's. */
export interface WayBack {
  readonly to?: string;
}

const isOwnPlace = (to: string): boolean => /^\/(?![/\\])/.test(to) && !to.startsWith("/sign-in");

export const readWayBack = (search: Record<string, unknown>): WayBack =>
  typeof search.to === "string" && isOwnPlace(search.to) ? { to: search.to } : {};

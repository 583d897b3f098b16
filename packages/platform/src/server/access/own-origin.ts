import { accessErrors } from "./errors.ts";
import { type AccessRequest, headerOf } from "./request.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
/** A header that other sites' pages can't send without being asked for leave, which this server never gives. */
const OWN_HEADER = "x-trimtab-request";

/** Where people reach this server: as configured, else as the request says. */
export const originOf = (request: AccessRequest, configured: string | undefined): string =>
  configured ?? `${request.protocol}://${request.host}`;

/**
 * Refuses what changes something for somebody who is signed in, unless it comes from this server's own pages. Behind a
 * proxy that ends TLS the scheme is not known, so that without a configured address hosts are compared.
 * @throws ACCESS_ORIGIN_REFUSED
 */
export const requireOwnOrigin = (request: AccessRequest, configured: string | undefined): void => {
  if (SAFE.has(request.method.toUpperCase())) return;
  const origin = headerOf(request, "origin");
  if (origin === undefined) {
    if (headerOf(request, OWN_HEADER) !== undefined && request.headers.origin === undefined) return;
    throw accessErrors.create("ACCESS_ORIGIN_REFUSED");
  }
  const isOwn = configured === undefined ? hostOf(origin) === request.host : origin === configured;
  if (!isOwn) throw accessErrors.create("ACCESS_ORIGIN_REFUSED");
};

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;

/** The origin of an address that was configured. @throws ACCESS_URL_INVALID */
export const readPublicUrl = (text: string): string => {
  const refuse = (reason: string) =>
    accessErrors.create("ACCESS_URL_INVALID", { url: text.slice(0, 200), reason });
  if (!URL.canParse(text)) throw refuse("it is no address");
  const { protocol, origin, pathname, search, hash, username } = new URL(text);
  if (protocol !== "https:" && protocol !== "http:")
    throw refuse("it begins with neither https:// nor http://");
  if (pathname !== "/" || search !== "" || hash !== "" || username !== "")
    throw refuse("it holds more than scheme and host");
  return origin;
};

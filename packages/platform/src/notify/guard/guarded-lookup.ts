import type { LookupAddress } from "node:dns";
import { lookup as dnsLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { notifyErrors } from "../errors.ts";
import type { AddressRules } from "./address-rules.ts";

/** Asks for every address of a name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** The machine's own resolver. */
export const systemResolve: Resolve = (host) =>
  new Promise((resolve, reject) => {
    dnsLookup(host, { all: true, order: "verbatim" }, (error, addresses) =>
      error === null ? resolve(addresses) : reject(error),
    );
  });

const refused = (host: string, reason: string) =>
  notifyErrors.create("NOTIFY_ADDRESS_REFUSED", { host, reason });

/**
 * The addresses of a host, all of which may be reached: one bad answer among good ones refuses the name.
 * @throws NOTIFY_ADDRESS_REFUSED, and what the resolver says
 */
export const resolveChecked = async (
  host: string,
  rules: AddressRules,
  resolve: Resolve,
): Promise<readonly LookupAddress[]> => {
  const bare = host.replace(/^\[|\]$/g, "");
  const family = isIP(bare);
  const addresses = family === 0 ? await resolve(bare) : [{ address: bare, family }];
  if (addresses.length === 0) throw refused(bare, "it has no address");
  for (const { address } of addresses) {
    const reason = rules.refusalOf(address);
    if (reason !== undefined) throw refused(bare, reason);
  }
  return addresses;
};

/**
 * Hands a connection the addresses that were checked, and asks nobody again: what a name says a moment later (DNS
 * rebinding) has no effect.
 */
export const pinnedLookup =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_host, options, callback) => {
    const wanted =
      options.family === 4 || options.family === "IPv4"
        ? 4
        : options.family === 6 || options.family === "IPv6"
          ? 6
          : 0;
    const fitting = addresses.filter(({ family }) => wanted === 0 || family === wanted);
    const [first] = fitting;
    if (first === undefined) callback(new Error("no address of that family"), "", 0);
    else if (options.all === true) callback(null, [...fitting]);
    else callback(null, first.address, first.family);
  };

import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";
import { type AttemptLimit, beginAttempt, forgetAttempts } from "../../state/sign-in-attempts.ts";
import type { State } from "../../state/state.ts";
import { accessErrors } from "./errors.ts";

/** Whoever tries many accounts from one place waits longer and longer. */
const BY_ADDRESS = { free: 20, firstWaitMs: 1000, longestWaitMs: 15 * 60_000 } as const;
/**
 * Whoever tries one account from many places gets a guess a minute: 1,440 a day do not find twelve characters. A longer
 * wait would let anybody lock somebody else out.
 */
const BY_ACCOUNT = { free: 5, firstWaitMs: 1000, longestWaitMs: 60_000 } as const;

/** Keys tell nobody who tried whom. */
const keyOf = (kind: string, text: string): string =>
  `${kind}:${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;

const accountLimit = (email: string): AttemptLimit => ({ key: keyOf("account", email), ...BY_ACCOUNT });
const addressLimit = (ip: string): AttemptLimit => ({ key: keyOf("address", network(ip)), ...BY_ADDRESS });

/** Of IPv6 the network that one customer is given, as its addresses cost nothing; an IPv4 address in either of its forms. */
export const network = (ip: string): string => {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  return address instanceof ipaddr.IPv6 ? address.parts.slice(0, 4).join(":") : address.toString();
};

/** Counts an attempt to sign in; known and unknown accounts are counted alike. @throws ACCESS_TOO_MANY_ATTEMPTS */
export const countSignIn = (state: State, email: string, ip: string): Promise<void> =>
  count(state, [accountLimit(email), addressLimit(ip)]);

/** The account's own count ends; that of the address stays, else a thief's own account would free it. */
export const signedIn = (state: State, email: string): Promise<void> =>
  forgetAttempts(state, [accountLimit(email).key]);

const count = async (state: State, limits: readonly AttemptLimit[]): Promise<void> => {
  const answer = await beginAttempt(state, limits);
  if (answer.status === "allowed") return;
  const seconds = Math.max(1, Math.ceil((Date.parse(answer.until) - state.clock().getTime()) / 1000));
  throw accessErrors.create("ACCESS_TOO_MANY_ATTEMPTS", { seconds });
};

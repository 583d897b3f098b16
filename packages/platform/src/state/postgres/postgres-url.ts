import { stateErrors } from "../errors.ts";

/** Everything of ours lives in a schema of its own, so that a database may be shared with other programs. */
export const POSTGRES_SCHEMA = "trimtab";

const SCHEMES = new Set(["postgres:", "postgresql:"]);

/** What every connection is set to: our schema, one zone, and no waiting for ever. */
const SESSION =
  `-c search_path=${POSTGRES_SCHEMA} -c timezone=UTC -c datestyle=ISO -c lock_timeout=60s` +
  " -c idle_in_transaction_session_timeout=120s -c client_min_messages=warning";

export interface PostgresPlace {
  /** For the driver; holds the password. */
  readonly connectionString: string;
  /** For people: `postgres://host:port/database`. */
  readonly place: string;
}

/** Nothing of a URL that can't be read is shown: it may be a password's rest. @throws STATE_PLACE_INVALID */
export const parsePostgresUrl = (text: string, option: string): PostgresPlace => {
  const refuse = (reason: string) => stateErrors.create("STATE_PLACE_INVALID", { option, reason });
  if (!URL.canParse(text)) throw refuse("it is no URL");
  const url = new URL(text);
  if (!SCHEMES.has(url.protocol)) throw refuse("only postgres:// is known");
  // A # or / in a password ends the host; what follows would be taken for a path and be shown.
  if (url.hash !== "" || /[@#]/.test(decodeURI(url.pathname)) || url.pathname.slice(1).includes("/"))
    throw refuse("it has a # or / that is not percent-encoded");
  const database = url.pathname.slice(1);
  if (url.hostname === "" && !url.searchParams.has("host")) throw refuse("it names no host");
  if (database === "") throw refuse("it names no database");
  const given = url.searchParams.get("options");
  url.searchParams.set("options", given === null ? SESSION : `${given} ${SESSION}`);
  const host = url.hostname === "" ? (url.searchParams.get("host") ?? "") : url.host;
  // The driver decodes %20, and not the + that forms use.
  const connectionString = url.href.replaceAll("+", "%20");
  return { connectionString, place: `postgres://${host}/${database}` };
};

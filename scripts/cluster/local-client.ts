import {
  openTrinoClient,
  type TrinoClient,
} from "../../packages/platform/src/query/engines/trino/trino-client.ts";
import { readTrinoSettings } from "../../packages/platform/src/query/engines/trino/trino-settings.ts";

/** Session properties of Trino, by name. */
export type Session = Readonly<Record<string, string>>;

/** Speaks to a cluster of this machine as the program does. */
export const localClient = (url: string, session: Session = {}): TrinoClient =>
  openTrinoClient({ ...readTrinoSettings({ TRIMTAB_TRINO_URL: url }), session });

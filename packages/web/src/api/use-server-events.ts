import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { serially } from "./serially.ts";

/** Questions whose answers follow from the lake. */
const ofTheLake = ["overview", "model", "query", "values", "explain", "charges", "lake"];

const refreshAll = (client: QueryClient, names: readonly string[]): void => {
  for (const name of names) void client.invalidateQueries({ queryKey: [name] });
};

/** A run tells every line and every look; what is shown of it is asked again as fast as it can be answered. */
const runRefresher = (client: QueryClient) => {
  const refreshers = new Map<string, () => void>();
  return ({ data }: MessageEvent<string>): void => {
    const { kind, id, status } = JSON.parse(data) as { readonly [name: string]: string };
    if (kind === "advice") refreshAll(client, ["recommendations", "recommendation", "overview"]);
    if (kind !== "plan" || id === undefined) return;
    const known = refreshers.get(id);
    const refresh = known ?? serially(() => client.invalidateQueries({ queryKey: ["plan", id] }), 200);
    refreshers.set(id, refresh);
    refresh();
    if (status === "running") return;
    refreshAll(client, ["plans", "recommendations", "recommendation", "overview"]);
  };
};

/** Asks again what is shown once the server says that the lake has changed; the browser reconnects by itself. */
export const useServerEvents = (): void => {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource("/api/v1/events");
    const refresh = () => {
      void client.invalidateQueries({ predicate: ({ queryKey }) => ofTheLake.includes(String(queryKey[0])) });
    };
    const refreshUploads = () => void client.invalidateQueries({ queryKey: ["uploads"] });
    source.addEventListener("lake", refresh);
    source.addEventListener("upload", refreshUploads);
    source.addEventListener("run", runRefresher(client));
    return () => source.close();
  }, [client]);
};

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** Questions whose answers follow from the lake. */
const ofTheLake = ["overview", "model", "query", "values", "explain", "charges", "lake"];

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
    return () => source.close();
  }, [client]);
};

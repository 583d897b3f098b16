import { QueryClient } from "@tanstack/react-query";
import { isPassing } from "./problem.ts";

/** Answers stay fresh until the server says that the lake has changed (see events.ts). */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5 * 60_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && isPassing(error),
      retryDelay: (count) => 800 * 2 ** count,
    },
  },
});

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "../components/toaster.tsx";
import { toProblem } from "./problem.ts";

interface Change<V, R> {
  readonly run: (given: V) => Promise<R>;
  /** First parts of the keys of what is asked again. */
  readonly refreshes: readonly string[];
  /** Said in passing once it is done. */
  readonly done?: string;
  readonly onDone?: (result: R) => void;
  /** The form shows by itself why it was refused. */
  readonly isFormShowingProblem?: boolean;
}

/** Changes something on the server, then asks again what follows from it. */
export const useChange = <V, R>({
  run,
  refreshes,
  done,
  onDone,
  isFormShowingProblem = false,
}: Change<V, R>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: async (result) => {
      onDone?.(result);
      if (done !== undefined) toast(done);
      await Promise.all(refreshes.map((name) => client.invalidateQueries({ queryKey: [name] })));
    },
    onError: (error) => {
      if (isFormShowingProblem) return;
      const { message, hint } = toProblem(error);
      toast(`${message} ${hint}`, "failed");
    },
  });
};

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Lightbulb } from "lucide-react";
import { call } from "../api/client.ts";
import { toProblem } from "../api/problem.ts";
import { useMay, useMe } from "../api/use-me.ts";
import { Button } from "./button.tsx";
import { toast } from "./toaster.tsx";

/** Asks all advisors about everything: only who sees everything may. */
export const AskAdvisors = () => {
  const client = useQueryClient();
  const mayDecide = useMay("decide");
  const seesAll = useMe()?.scope.kind === "all";
  const ask = useMutation({
    mutationFn: () => call("POST /api/v1/advice", {}),
    onSuccess: ({ advisors }) => {
      const found = advisors.reduce((sum, { recommended }) => sum + recommended, 0);
      toast(`${advisors.length} advisors looked: ${found} recommendations`);
    },
    onError: (error) => toast(`${toProblem(error).message} ${toProblem(error).hint}`, "failed"),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ["recommendations"] });
      await client.invalidateQueries({ queryKey: ["overview"] });
    },
  });
  if (!mayDecide || !seesAll) return null;
  return (
    <Button onClick={() => ask.mutate()} disabled={ask.isPending}>
      <Lightbulb size={15} aria-hidden />
      {ask.isPending ? "Looking…" : "Look for savings now"}
    </Button>
  );
};

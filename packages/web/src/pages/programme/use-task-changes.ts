import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call, type Question } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { toast } from "../../components/toaster.tsx";

type Change = NonNullable<Question<"PATCH /api/v1/programmes/:id/tasks/:task">["body"]>;
type Move = Question<"POST /api/v1/programmes/:id/tasks/:task/move">["body"];
export type TaskCall = Move["call"];

/** Whatever changes a task changes schedule, waterfall and status with it. */
const useRefresh = (id: string) => {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: ["programme", id] });
    await Promise.all([
      client.invalidateQueries({ queryKey: ["programmes"] }),
      client.invalidateQueries({ queryKey: ["overview"] }),
    ]);
  };
};

const tellProblem = (error: unknown): void => {
  const { message, hint } = toProblem(error);
  toast(`${message} ${hint}`, "failed");
};

/** Owner and days. */
export const useChangeTask = (id: string, task: string) => {
  const onSuccess = useRefresh(id);
  return useMutation({
    mutationFn: (body: Change) =>
      call("PATCH /api/v1/programmes/:id/tasks/:task", { params: { id, task }, body }),
    onSuccess,
    onError: tellProblem,
  });
};

/** Start, block, resume, cancel, reopen. */
export const useMoveTask = (id: string, task: string) => {
  const onSuccess = useRefresh(id);
  return useMutation({
    mutationFn: (body: Move) =>
      call("POST /api/v1/programmes/:id/tasks/:task/move", { params: { id, task }, body }),
    onSuccess,
  });
};

/** Measures every criterion; ticks what they show done. */
export const useCheck = (id: string) => {
  const onSuccess = useRefresh(id);
  return useMutation({
    mutationFn: () => call("POST /api/v1/programmes/:id/check", { params: { id } }),
    onSuccess,
    onError: tellProblem,
  });
};

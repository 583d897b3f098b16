import { z } from "zod";

const statusSchema = z.object({ nodeId: z.string(), state: z.string() });
const querySchema = z.object({ outputStage: z.unknown().optional() });

/** Every `taskStatus` in the tree of stages, whatever its depth. */
const statusesIn = (value: unknown): readonly z.infer<typeof statusSchema>[] => {
  if (typeof value !== "object" || value === null) return [];
  const own = "taskStatus" in value ? [statusSchema.parse(value.taskStatus)] : [];
  return [...own, ...Object.values(value).flatMap(statusesIn)];
};

/** How many tasks of the query run on the node now, as the coordinator knows it; 0 when it does not know the query. */
export const countRunningTasks = async (url: string, queryId: string, node: string): Promise<number> => {
  const reply = await fetch(`${url}/v1/query/${queryId}`, { headers: { "X-Trino-User": "trimtab" } });
  if (!reply.ok) return 0;
  const { outputStage } = querySchema.parse(await reply.json());
  return statusesIn(outputStage).filter(({ nodeId, state }) => nodeId === node && state === "RUNNING").length;
};

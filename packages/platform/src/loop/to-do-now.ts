import type { State } from "../state/state.ts";

/** Something that waits for somebody, and the command that goes on with it. */
export interface ToDo {
  readonly what: string;
  readonly command: string;
}

/** What waits in the state database, the most urgent first: what stopped half-way, then what is to be proven, done, decided. */
export async function toDoNow(state: State): Promise<readonly ToDo[]> {
  const { listPlans } = await import("../state/plans.ts");
  const { listRecommendations } = await import("../state/recommendations.ts");
  const { listVerifications } = await import("../state/verifications.ts");
  const { listProgrammes } = await import("../state/programmes.ts");
  const { listTasks } = await import("../state/tasks.ts");
  const plans = await listPlans(state);
  const planned = (status: string, what: string, commandOf: (id: string) => string): readonly ToDo[] =>
    plans
      .filter((plan) => plan.status === status)
      .map(({ id, title }) => ({ what: `${what}: ${title}`, command: commandOf(id) }));
  const unproven: ToDo[] = [];
  for (const { id, title, status } of plans)
    if (status === "applied") {
      const newest = (await listVerifications(state, id)).at(-1)?.verdict ?? "pending";
      if (newest === "pending")
        unproven.push({ what: `Not proven yet: ${title}`, command: `trimtab verify ${id}` });
    }
  const inWork = new Set<string>();
  const blocked: ToDo[] = [];
  for (const { id: programme, name } of await listProgrammes(state))
    for (const { title, status, recommendation } of await listTasks(state, programme)) {
      if (recommendation !== undefined) inWork.add(recommendation.id);
      if (status === "blocked")
        blocked.push({ what: `Blocked: ${title}`, command: `trimtab programme "${name}"` });
    }
  const accepted = await listRecommendations(state, { status: "accepted" });
  const waiting = accepted.filter(({ id }) => !inWork.has(id)).length;
  const open = (await listRecommendations(state, { status: "open" })).length;
  return [
    ...planned("failed", "Stopped half-way", (id) => `trimtab apply ${id} --resume`),
    ...planned("applying", "Being applied, or its run died", (id) => `trimtab apply ${id} --resume`),
    ...blocked,
    ...unproven,
    ...planned("approved", "May be applied", (id) => `trimtab apply ${id}`),
    ...planned("draft", "Waits for approval", (id) => `trimtab approve ${id}`),
    ...(waiting === 0
      ? []
      : [
          {
            what: `${waiting} accepted, and in no programme yet`,
            command: "trimtab programme create NAME --from accepted",
          },
        ]),
    ...(open === 0
      ? []
      : [{ what: `${open} recommendations wait for a decision`, command: "trimtab recommendations" }]),
  ];
}

import { defineCommand } from "../command.ts";
import { EXIT_CODES } from "../exit-codes.ts";

export const tickCommand = defineCommand({
  name: "tick",
  summary: "run once what is due now: schedules, then what waits to be sent",
  group: "deliver",
  details: [
    "For those who have a scheduler of their own (cron, a Kubernetes CronJob) instead of `trimtab serve`; once a minute is a good measure. Several at once do no harm: each run and each delivery is done by one of them. Exits with 1 if a run failed or a delivery was given up.",
  ],
  examples: [{ run: "trimtab tick", does: "one round" }],
  async run(context) {
    const { signal, notify } = context;
    const { tick } = await import("../../server/delivery/tick.ts");
    const { deliveryParts, runnerName } = await import("../delivery/delivery-parts.ts");
    const problems: string[] = [];
    const report = await tick({
      ...(await deliveryParts(context)),
      ...{ actor: runnerName(), signal, killSignal: signal },
      onProblem: (subject, error) => {
        const text = `${subject}: ${error instanceof Error ? error.message : String(error)}`;
        problems.push(text);
        notify(text);
      },
    });
    const { runs, outbox, purged } = report;
    const failed = runs.filter(({ status }) => status === "failed").length;
    const isFine = failed === 0 && outbox.dead === 0 && problems.length === 0;
    return {
      document: {
        title: isFine ? "Done what was due" : "Not everything went well",
        blocks: [
          {
            kind: "facts",
            facts: [
              ["Runs", runs.length === 0 ? "none was due" : `${runs.length}, ${failed} failed`],
              ["Sent", String(outbox.delivered)],
              ["To be tried again", String(outbox.retried)],
              ["Given up", String(outbox.dead)],
            ],
          },
          ...(runs.length === 0
            ? []
            : [
                {
                  kind: "table" as const,
                  id: "runs",
                  columns: [
                    { name: "Schedule", kind: "text" as const },
                    { name: "State", kind: "status" as const },
                    { name: "What it did", kind: "text" as const, wrap: true },
                  ],
                  rows: runs.map(({ scheduleName, status, summary }) => [scheduleName, status, summary]),
                },
              ]),
        ],
      },
      json: { runs, outbox, purged, problems },
      exitCode: isFine ? EXIT_CODES.ok.code : EXIT_CODES.no.code,
    };
  },
});

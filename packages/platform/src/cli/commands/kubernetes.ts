import { type Day, day } from "@trimtab/domain";
import type { KubernetesDimension } from "../../insight/kubernetes/allocated-charge.ts";
import { defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";

const NAMED = ["cluster", "node", "namespace", "controller_kind", "controller", "pod", "container"] as const;

const dimensionsOf = (text: string): readonly KubernetesDimension[] =>
  text.split(",").map((part) => {
    const name = part.trim();
    const known = NAMED.find((one) => one === name);
    if (known !== undefined) return known;
    if (name.startsWith("label:") && name.length > "label:".length) return name as `label:${string}`;
    throw cliErrors.create("CLI_OPTION_CHOICE_INVALID", {
      option: "--by",
      value: name,
      choices: `${NAMED.join(", ")} or label:<key>`,
    });
  });

const dayOf = (value: unknown): Day | undefined => (typeof value === "string" ? day(value) : undefined);

export const kubernetesCommand = defineCommand({
  name: "kubernetes",
  summary: "share out what the bill says of a cluster's nodes, disks and load balancers",
  group: "ask",
  details: [
    "OpenCost's amounts are weights: what the bill says that each resource costs is shared out by them, exactly. Idle time and what no weight explains are rows of their own. Weights that meet no charge of the bill are estimates, outside every total.",
  ],
  options: [
    {
      name: "by",
      value: "LIST",
      default: "namespace",
      description: "cluster, node, namespace, controller_kind, controller, pod, container, label:<key>",
    },
    { name: "from", value: "DAY", description: "first day" },
    { name: "until", value: "DAY", description: "day after the last" },
  ],
  examples: [
    { run: "trimtab ingest allocation.json", does: "keep OpenCost's answer beside the bill" },
    { run: "trimtab kubernetes --by namespace,controller", does: "what each workload costs, by the bill" },
    {
      run: "trimtab kubernetes --by label:team --from 2026-06-01 --until 2026-07-01",
      does: "a month by team",
    },
  ],
  async run({ services }, { options }) {
    const by = dimensionsOf(String(options.by ?? "namespace"));
    const [from, until] = [dayOf(options.from), dayOf(options.until)];
    const { shareOut } = await import("../../insight/kubernetes/share-out.ts");
    const answer = await shareOut(await services.openLake(), {
      by,
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
    });
    const { kubernetesDocument, kubernetesJson } = await import("../views/kubernetes.ts");
    return { document: kubernetesDocument(answer), json: kubernetesJson(answer) };
  },
});

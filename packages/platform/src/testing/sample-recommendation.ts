import {
  currencyCode,
  day,
  decimal,
  estimate,
  type Instant,
  type MoneyEstimate,
  type Recommendation,
} from "@trimtab/domain";

const USD = currencyCode("USD");

const sure = (amount: string): MoneyEstimate => ({
  ...estimate(decimal(amount), decimal(amount), decimal(amount)),
  currency: USD,
});

/** A whole recommendation about one Cloud Run service, as a test wants it. */
export function sampleRecommendation(
  id: string,
  {
    costNow = "100",
    net = "40",
    gross = net,
    until,
    fingerprint = "min-instances",
  }: {
    readonly costNow?: string;
    readonly net?: string;
    readonly gross?: string;
    readonly until?: Instant;
    readonly fingerprint?: string;
  } = {},
): Recommendation {
  const scope = { provider: "gcp", account: "acme", region: "us-central1" } as const;
  const hours = estimate(decimal("1"), decimal("2"), decimal("4"));
  const covered = estimate(decimal("0"), decimal("0"), decimal("0"));
  const commitment = {
    commitments: ["cud-1"],
    covered: { ...covered, currency: USD },
    reused: { ...covered, currency: USD },
    reason: "A commitment pays for it.",
    ...(until === undefined ? {} : { until }),
  };
  return {
    key: { advisor: "cloud-run-scaling", resource: id, scope: "acme/us-central1", fingerprint },
    title: `Fewer instances of ${id}`,
    resource: { kind: "run.googleapis.com/Service", id, name: id, scope },
    action: "cloud-run-service",
    changes: [{ setting: "minInstances", from: 5, to: 1 }],
    costNow: { amount: decimal(costNow), currency: USD },
    saving: {
      net: sure(net),
      gross: sure(gross),
      lines: [
        {
          about: "vCPU of waiting instances",
          units: estimate(decimal("1000"), decimal("1000"), decimal("1000")),
          price: {
            question: { item: "gcp.run.cpu", scope, attributes: { billing: "idle" } },
            price: decimal("0.04"),
            currency: USD,
            unit: "vCPU-s",
            origin: { kind: "list", source: "a price list", date: day("2026-06-01") },
          },
        },
      ],
      ...(until === undefined ? {} : { commitment }),
    },
    evidence: [
      {
        about: "instances in use",
        metric: "instances.active",
        statistic: "max",
        unit: "{instance}",
        start: "2026-05-01T00:00:00Z" as Instant,
        end: "2026-06-01T00:00:00Z" as Instant,
        samples: 744,
        expected: 744,
        points: [["2026-05-01T00:00:00Z" as Instant, 0.5]],
        marks: [{ label: "minimum now", value: 5 }],
      },
    ],
    risk: { level: "low", breaks: ["the first request after a pause"], mitigations: ["canary"] },
    effort: { hours, about: "one command" },
    confidence: { value: 0.9, reason: "31 days of hours" },
    reversibility: "reversible",
    prerequisites: [],
    conflicts: [],
    alternatives: [],
    guardrails: [{ metric: "request.latency", statistic: "p95", comparison: "<", limit: 50 }],
    notes: [],
  };
}

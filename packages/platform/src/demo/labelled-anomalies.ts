import type { DemoFile, EstateId, LabelledAnomaly } from "./estate.ts";
import type { Shape } from "./shape.ts";

/** A change of level that is meant: a deploy, a purchase, a holiday. A detector should not call it an anomaly. */
export interface KnownEvent {
  readonly day: string;
  readonly what: string;
}

/** What is wrong with a bill on purpose, for a reader or a detector to find; it says what was planted, not what it cost. */
export function anomaliesFile(
  estate: EstateId,
  lines: readonly { readonly service: string; readonly resource: string; readonly shape: Shape }[],
  events: readonly KnownEvent[],
): DemoFile {
  const anomalies = lines.flatMap(({ service, resource, shape }) =>
    (shape.surges ?? []).flatMap((surge): LabelledAnomaly[] =>
      surge.cause === undefined ? [] : [{ service, resource, ...surge, cause: surge.cause }],
    ),
  );
  const content = `${JSON.stringify({ estate, anomalies, events }, null, 2)}\n`;
  return { kind: "text", path: "anomalies.json", content };
}

import type { Clock } from "@trimtab/domain";
import type { Lake } from "../lake/lake.ts";
import type { MetricStore } from "../lake/metrics.ts";
import type { SourceDefinition } from "../lake/source-definition.ts";
import type { State } from "../state/state.ts";
import type { DeliveryService } from "./delivery/delivery-parts.ts";
import type { DemoFiller } from "./demo.ts";
import type { EventHub } from "./events/event-hub.ts";
import type { LakeWatch } from "./lake-watch.ts";
import type { Questions } from "./queries/questions.ts";
import type { ReportDesk } from "./reports/report-desk.ts";
import type { Uploads } from "./uploads/uploads.ts";
import type { PlanRuns } from "./work/plan-runs.ts";
import type { ShownRecommendations } from "./work/shown-recommendations.ts";
import type { WorkParts } from "./work/work-parts.ts";

/** What of a logger the server's parts use; a line's fields come first. */
export interface ServerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the handlers of routes work with. Made once a process; `compose.ts` and `trimtab serve` hand in what is below. */
export interface ServerParts {
  readonly version: string;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly lake: Lake;
  readonly metrics: MetricStore;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  readonly state: State;
  /** The newest version of the lake, whoever made it. */
  readonly watch: LakeWatch;
  /** The one way to ask the lake: cached, shared, in turn, within the caller's scope. */
  readonly questions: Questions;
  readonly events: EventHub;
  readonly uploads: Uploads;
  readonly demo: DemoFiller;
  readonly work: WorkParts;
  readonly planRuns: PlanRuns;
  readonly shown: ShownRecommendations;
  /** The one desk that runs reports, whoever looks and wherever they are sent. */
  readonly reports: ReportDesk;
  readonly delivery: DeliveryService;
}

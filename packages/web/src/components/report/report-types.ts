import type { Answer } from "../../api/client.ts";

/** What a report says to one reader at one time. */
export type ReportRun = Answer<"POST /api/v1/report-previews">;
export type RunBlock = ReportRun["blocks"][number];
export type RunPart = Extract<RunBlock, { type: "dataset" }>["parts"][number];
export type PartOf<T extends RunBlock["type"]> = Extract<RunBlock, { type: T }>;
export type RunBasis = NonNullable<PartOf<"table">["basis"]>;

/** A report as somebody builds it: with its defaults, as the server answers it. */
export type Definition = Answer<"GET /api/v1/reports/:id">["definition"];
export type Block = Definition["blocks"][number];
export type BlockOf<T extends Block["type"]> = Extract<Block, { type: T }>;
export type ReportPeriod = Definition["parameters"]["period"];
export type PeriodName = Extract<ReportPeriod, { name: string }>["name"];

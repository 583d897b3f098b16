import { DASHBOARDS } from "../dashboard.ts";
import type { Ask } from "./paced-load.ts";

const SERVICES = ["Amazon EC2", "Amazon S3", "Amazon RDS", "AWS Lambda"];

/** The pages that are open on many screens. */
export const cached = (index: number): Ask => {
  const { request } = DASHBOARDS[index % DASHBOARDS.length] ?? { request: {} };
  return { path: "/api/v1/query", body: request };
};

/** A filter of its own for each: answered by the daily rollups, never from the cache. */
export const rollup = (index: number): Ask => ({
  path: "/api/v1/query",
  body: {
    measures: ["effective", "billed"],
    by: ["ServiceName"],
    grain: "month",
    where: { dimension: "ServiceName", op: "!=", value: `nothing ${index}` },
  },
});

/** Bill lines of a service in a month; the filter's second half makes each a question of its own. */
export const drill = (index: number): Ask => ({
  path: "/api/v1/charges",
  body: {
    period: { start: `2026-0${5 + (index % 4)}`, end: `2026-0${6 + (index % 4)}` },
    where: {
      and: [
        { dimension: "ServiceName", op: "!=", value: SERVICES[index % SERVICES.length] ?? "" },
        { dimension: "ResourceId", op: "!=", value: `nothing ${index}` },
      ],
    },
    limit: 100,
  },
});

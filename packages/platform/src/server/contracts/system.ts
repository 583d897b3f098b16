import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { list } from "./common.ts";

export const systemContracts = defineRoutes({
  getHealth: {
    method: "GET",
    path: "/api/v1/health",
    summary: "Whether the process lives",
    tag: "System",
    access: "public",
    scope: "none",
    response: z.strictObject({ status: z.literal("ok"), version: z.string() }),
  },
  getReadiness: {
    method: "GET",
    path: "/api/v1/ready",
    summary: "Whether questions can be answered now; 503 where not",
    tag: "System",
    access: "public",
    scope: "none",
    response: z.strictObject({
      status: z.literal("ready"),
      checks: list(z.strictObject({ name: z.string(), isOk: z.boolean() })),
    }),
  },
  getOpenApi: {
    method: "GET",
    path: "/api/v1/openapi.json",
    summary: "This API as OpenAPI 3.1",
    tag: "System",
    access: "public",
    scope: "none",
    response: z.looseObject({ openapi: z.string() }),
  },
});

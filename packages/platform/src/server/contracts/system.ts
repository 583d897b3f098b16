import { z } from "zod";
import { defineRoutes } from "../contract.ts";

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
});

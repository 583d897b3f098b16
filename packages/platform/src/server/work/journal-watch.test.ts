import { instant } from "@trimtab/domain";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { approvePlan } from "../../state/approvals.ts";
import { beginStep, endStep } from "../../state/journal.ts";
import { finishPlan, startPlan } from "../../state/plan-runs.ts";
import { createPlan, readPlan } from "../../state/plans.ts";
import { STATE_ENGINES } from "../../testing/state-engines.ts";
import type { ServerEvent } from "../contracts/events.ts";
import { watchJournals } from "./journal-watch.ts";

const EVERY_MS = 20;

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))(
  "runs of another process, $name",
  ({ home }) => {
    it("are told as they are written: begun, step by step, ended; one's own are not", async () => {
      const { open } = await home();
      const [here, there] = [await open(), await open()];
      const told: ServerEvent[] = [];
      const own = new Set<string>();
      let isHeard = true;
      let looks = 0;
      /** A look begins when the one before has ended. */
      const looked = async () => {
        const before = looks;
        await vi.waitFor(() => expect(looks).toBeGreaterThanOrEqual(before + 2), { timeout: 20_000 });
      };
      const watch = watchJournals({
        state: here,
        everyMs: EVERY_MS,
        isHeard: () => {
          looks++;
          return isHeard;
        },
        isOwn: (id) => own.has(id),
        publish: (event) => void told.push(event),
        onFault: (error) => {
          throw error;
        },
      });
      onTestFinished(watch.close);
      await looked();
      const id = await createPlan(there, "anna", {
        title: "Resize db",
        body: { steps: [] },
        expiresAt: instant("2026-07-02T00:00:00Z"),
        requiredApprovals: 1,
        recommendations: [],
      });
      const statuses = () => told.map((event) => (event.type === "run" ? event.status : event.type));
      const next = async (count: number) => {
        await vi.waitFor(() => expect(told.length).toBeGreaterThanOrEqual(count), { timeout: 10_000 });
        expect(told).toHaveLength(count);
      };
      await vi.waitFor(() => expect(statuses()).toEqual(["draft"]), { timeout: 10_000 });
      expect(told[0]).toEqual({ type: "run", kind: "plan", id, status: "draft" });
      const { digest } = await readPlan(there, id);
      await approvePlan(there, "bob", { id, digest });
      await looked();
      const lease = await startPlan(there, "anna", { id, holder: "cli", leaseMs: 60_000 });
      await looked();
      const line = {
        planId: id,
        lease,
        step: "resize",
        direction: "apply",
        detail: {},
        runner: "cli",
      } as const;
      await beginStep(there, "anna", line);
      await next(4);
      own.add(id);
      await endStep(there, "anna", { ...line, result: "succeeded" });
      await new Promise((done) => setTimeout(done, 10 * EVERY_MS));
      await next(4);
      own.delete(id);
      isHeard = false;
      await new Promise((done) => setTimeout(done, 5 * EVERY_MS));
      await finishPlan(there, "anna", { id, lease, status: "applied" });
      isHeard = true;
      await new Promise((done) => setTimeout(done, 10 * EVERY_MS));
      expect(statuses()).toEqual(["draft", "approved", "running", "running"]);
    });
  },
);

import { formatFixed, grossOf, type InventoryItem } from "@trimtab/domain";
import { expect, test } from "vitest";
import { evidenceOf, hourlySeries } from "../../testing/advice-evidence.ts";
import { machine } from "../../testing/sample-items.ts";
import { offHoursAdvisor } from "./off-hours.ts";

const settings = offHoursAdvisor.settings.parse({ timeZone: "Europe/Berlin" });
/** In use from 8 to 18 o'clock in Berlin (UTC+2 in June) on workdays. */
const officeHours = hourlySeries("cpu.utilization", 42, (time) => {
  const isWorkday = time.getUTCDay() >= 1 && time.getUTCDay() <= 5;
  return isWorkday && time.getUTCHours() >= 6 && time.getUTCHours() < 16 ? 0.4 : 0.01;
});

test("a machine of the office's hours is off at night and at weekends, in the office's time", () => {
  const advice = offHoursAdvisor.advise(
    evidenceOf({
      resource: machine({ env: "staging" }),
      series: [officeHours],
      prices: { "aws.ec2.instance": "0.23" },
    }),
    settings,
  );
  expect(advice.status).toBe("recommended");
  if (advice.status !== "recommended") return;
  const [draft] = advice.drafts;
  expect(draft?.changes[0]?.to).toEqual({
    days: ["MON", "TUE", "WED", "THU", "FRI"],
    start: "08:00",
    stop: "18:00",
    timeZone: "Europe/Berlin",
  });
  // 118 of 168 hours off: 730 × 118 ÷ 168 × 0.23 a month at most, five hours a week less at least.
  const gross = grossOf(draft?.lines ?? [], draft?.costNow.currency as never);
  expect([gross.low, gross.high].map((amount) => formatFixed(amount, 2))).toEqual(["112.93", "117.93"]);
  expect(formatFixed(draft?.costNow.amount as never, 2)).toBe("167.90");
});

test("production, what others start and stop, and what is in use all the time are left alone", () => {
  const pass = (resource: InventoryItem<"AWS::EC2::Instance">) =>
    offHoursAdvisor.passOver?.(resource, settings);
  expect(pass(machine({ env: "production" }))).toBe("no tag says that it is not production");
  expect(pass(machine({ Name: "dev-tools" }))).toBe("no tag says that it is not production");
  const grouped = machine({ env: "dev" });
  expect(pass({ ...grouped, settings: { ...grouped.settings, managedBy: "asg-1" } })).toContain("asg-1");
  const busy = hourlySeries("cpu.utilization", 42, () => 0.5);
  const evidence = evidenceOf({ resource: grouped, series: [busy], prices: { "aws.ec2.instance": "0.23" } });
  expect(offHoursAdvisor.advise(evidence, settings).status).toBe("fine");
});

test.each([
  ["no price", { series: [officeHours] }, "no price of aws.ec2.instance"],
  ["no metric", { prices: { "aws.ec2.instance": "0.23" } }, "cpu.utilization is not known"],
  [
    "ten days",
    { series: [hourlySeries("cpu.utilization", 10, () => 0)], prices: { "aws.ec2.instance": "0.23" } },
    "known for 10.0 days",
  ],
  [
    "holes",
    {
      series: [hourlySeries("cpu.utilization", 42, (time) => (time.getUTCHours() < 12 ? null : 0))],
      prices: { "aws.ec2.instance": "0.23" },
    },
    "504 of 1008 points",
  ],
])("%s: it abstains and says why", (_, given, reason) => {
  const advice = offHoursAdvisor.advise(
    evidenceOf({ resource: machine({ env: "dev" }), ...given }),
    settings,
  );
  expect(advice).toMatchObject({ status: "abstained", reason: expect.stringContaining(reason) });
});

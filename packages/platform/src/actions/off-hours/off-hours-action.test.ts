import { expect, test } from "vitest";
import { amazon, gcp, lines, planOn, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { awsCron, hoursSchema, stopDays, unixCron } from "./hours.ts";
import { offHoursAction } from "./off-hours-action.ts";

const weekdays = ["MON", "TUE", "WED", "THU", "FRI"] as const;
const hours = { days: weekdays, start: "07:00", stop: "20:30", timeZone: "Europe/Berlin" };
const orders = gcp("sqladmin.googleapis.com/Instance", "orders");
const none = { Schedules: [] };

test("crons of both clouds", () => {
  expect(unixCron("07:05", weekdays)).toBe("5 7 * * MON,TUE,WED,THU,FRI");
  expect(awsCron("20:30", ["SUN"])).toBe("cron(30 20 ? * SUN *)");
});

test("what runs past midnight stops on the next days", () => {
  const night = hoursSchema.parse({ ...hours, days: ["FRI", "SUN"], start: "22:00", stop: "06:00" });
  expect(stopDays(night)).toEqual(["MON", "SAT"]);
});

test("Cloud SQL: two jobs that patch its activation policy", () => {
  const plan = planOn(offHoursAction, orders, [], ["offHours", null, hours]);
  const [step] = stepsOf(plan);
  const [start = "", stop = ""] = lines(step?.apply ?? []);
  expect(start).toContain("--schedule=0 7 * * MON,TUE,WED,THU,FRI --time-zone=Europe/Berlin");
  expect(stop).toContain(
    '--message-body={"settings":{"activationPolicy":"NEVER"}} --headers=Content-Type=application/json,X-HTTP-Method-Override=PATCH',
  );
  expect(stop).toContain("--oauth-service-account-email=trimtab-off-hours@shop-prod.iam.gserviceaccount.com");
  expect(step?.rollback).toHaveLength(2);
  // The same hours have the same names, others have others: what is read back proves which hours hold.
  const names = (step?.after.offHours ?? []) as readonly string[];
  const later = stepsOf(planOn(offHoursAction, orders, [], ["offHours", null, { ...hours, stop: "21:00" }]));
  expect(later[0]?.after.offHours).not.toEqual(names);
  const printed = names.map((name) => ({ name: `projects/p/locations/l/jobs/${name}`, state: "ENABLED" }));
  const others = [{ name: "projects/p/locations/l/jobs/nightly", state: "ENABLED" }];
  expect(offHoursAction.parseState(JSON.stringify([...printed, ...others]), orders).offHours).toEqual(names);
});

test("EC2 and RDS: universal targets", () => {
  const machine = amazon("AWS::EC2::Instance", "i-0abc");
  const [step] = stepsOf(planOn(offHoursAction, machine, none, ["offHours", null, hours]));
  const stop = step?.apply[1]?.args ?? [];
  expect(JSON.parse(stop[stop.indexOf("--target") + 1] ?? "")).toEqual({
    Arn: "arn:aws:scheduler:::aws-sdk:ec2:stopInstances",
    RoleArn: "arn:aws:iam::123456789012:role/trimtab-off-hours",
    Input: '{"InstanceIds":["i-0abc"]}',
    RetryPolicy: { MaximumRetryAttempts: 3 },
  });
});

test("a machine of Google by the call of its zone", () => {
  const id = "//compute.googleapis.com/projects/shop-prod/zones/europe-west1-b/instances/web-1";
  const [step] = stepsOf(
    planOn(
      offHoursAction,
      gcp("compute.googleapis.com/Instance", "web-1", id),
      [],
      ["offHours", null, hours],
    ),
  );
  expect(lines(step?.apply ?? [])[1]).toContain(
    "--uri=https://compute.googleapis.com/compute/v1/projects/shop-prod/zones/europe-west1-b/instances/web-1/stop",
  );
});

test.each([
  ["a time zone that is none", { ...hours, timeZone: "Mars/Olympus" }, "time zone"],
  ["a time that is none", { ...hours, stop: "25:00" }, "HH:MM"],
  ["hours without end", { ...hours, stop: "07:00" }, "never stop"],
  ["no days", { ...hours, days: [] }, "offHours.days"],
  ["a day twice", { ...hours, days: ["MON", "MON"] }, "twice"],
  ["an identity that is none", { ...hours, identity: "me; rm -rf /" }, "identity"],
])("refuses %s", (_, to, why) => {
  expect(refusalOf(planOn(offHoursAction, orders, [], ["offHours", null, to]))).toContain(why);
});

test("refuses a machine whose zone is not known", () => {
  const web = gcp("compute.googleapis.com/Instance", "web-1");
  expect(refusalOf(planOn(offHoursAction, web, [], ["offHours", null, hours]))).toContain("zone");
});

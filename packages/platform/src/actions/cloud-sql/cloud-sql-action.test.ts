import { describe, expect, test } from "vitest";
import { gcp, lines, planOn, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { cloudSqlAction } from "./cloud-sql-action.ts";
import { tierProblem } from "./tiers.ts";

const orders = gcp("sqladmin.googleapis.com/Instance", "orders");
const instance = (settings: object = {}, own: object = {}) => ({
  name: "orders",
  databaseVersion: "POSTGRES_16",
  state: "RUNNABLE",
  region: "europe-west1",
  gceZone: "europe-west1-b",
  settings: {
    tier: "db-custom-8-30720",
    edition: "ENTERPRISE",
    dataDiskSizeGb: "100",
    dataDiskType: "PD_SSD",
    availabilityType: "REGIONAL",
    activationPolicy: "ALWAYS",
    backupConfiguration: { enabled: true },
    ...settings,
  },
  ...own,
});

describe("tiers", () => {
  test.each([
    ["db-custom-1-3840", "ENTERPRISE"],
    ["db-custom-4-26624", "ENTERPRISE"],
    ["db-custom-96-638976", "ENTERPRISE"],
    ["db-f1-micro", "ENTERPRISE"],
    ["db-perf-optimized-N-8", "ENTERPRISE_PLUS"],
  ])("%s of %s can be had", (tier, edition) => {
    expect(tierProblem(tier, edition, "POSTGRES_16")).toBeUndefined();
  });

  test.each([
    ["db-custom-3-11520", "ENTERPRISE", "even number"],
    ["db-custom-98-638976", "ENTERPRISE", "up to 96"],
    ["db-custom-0-3840", "ENTERPRISE", "even number"],
    ["db-custom-2-3900", "ENTERPRISE", "multiple of 256"],
    ["db-custom-1-3584", "ENTERPRISE", "3840 at least"],
    ["db-custom-4-26880", "ENTERPRISE", "0.9 to 6.5"],
    ["db-custom-8-7168", "ENTERPRISE", "0.9 to 6.5"],
    ["db-perf-optimized-N-8", "ENTERPRISE", "Enterprise Plus"],
    ["db-perf-optimized-N-12", "ENTERPRISE_PLUS", "this series has"],
    ["db-custom-4-16384", "ENTERPRISE_PLUS", "only tiers"],
    ["nonsense", "ENTERPRISE", "no tier"],
  ])("%s of %s can't: %s", (tier, edition, why) => {
    expect(tierProblem(tier, edition, "POSTGRES_16")).toContain(why);
  });
});

test("tier and availability are one patch, and one way back", () => {
  const [step, ...more] = stepsOf(
    planOn(
      cloudSqlAction,
      orders,
      instance(),
      ["tier", "db-custom-8-30720", "db-custom-4-16384"],
      ["availability", "REGIONAL", "ZONAL"],
    ),
  );
  expect(more).toEqual([]);
  expect(lines(step?.apply ?? [])).toEqual([
    "gcloud sql instances patch orders --tier=db-custom-4-16384 --availability-type=ZONAL",
  ]);
  expect(lines(step?.rollback ?? [])).toEqual([
    "gcloud sql instances patch orders --tier=db-custom-8-30720 --availability-type=REGIONAL",
  ]);
  expect(step?.before).toEqual({ exists: true, tier: "db-custom-8-30720", availability: "REGIONAL" });
});

test("storage that grows comes first and is for good", () => {
  const steps = stepsOf(
    planOn(
      cloudSqlAction,
      orders,
      instance(),
      ["tier", "db-custom-8-30720", "db-custom-4-16384"],
      ["storageGiB", 100, 200],
    ),
  );
  expect(steps.map(({ reversibility }) => reversibility)).toEqual(["irreversible", "reversible"]);
  expect(steps[0]).toMatchObject({ rollback: [], restored: { storageGiB: 100 }, after: { storageGiB: 200 } });
});

test("stopping says what is still paid", () => {
  const plan = planOn(cloudSqlAction, orders, instance(), ["activationPolicy", "ALWAYS", "NEVER"]);
  expect(plan).toMatchObject({ notes: [expect.stringContaining("still pays its storage")] });
});

test("one that is stopped is called STOPPED by gcloud, and starts again", () => {
  const stopped = instance({ activationPolicy: "NEVER" }, { state: "STOPPED" });
  const [step] = stepsOf(planOn(cloudSqlAction, orders, stopped, ["activationPolicy", "NEVER", "ALWAYS"]));
  expect([step?.after.state, step?.restored.state]).toEqual(["RUNNABLE", "STOPPED"]);
});

test("replicas: one more on the primary, one less as a resource of its own", () => {
  const [make] = stepsOf(planOn(cloudSqlAction, orders, instance(), ["replicas", [], ["orders-read"]]));
  expect(lines(make?.apply ?? [])).toEqual([
    "gcloud sql instances create orders-read --master-instance-name=orders --tier=db-custom-8-30720 --region=europe-west1 --async",
  ]);
  const replica = instance({}, { masterInstanceName: "shop-prod:orders" });
  const [drop] = stepsOf(
    planOn(cloudSqlAction, gcp("sqladmin.googleapis.com/Instance", "orders-read"), replica, [
      "exists",
      true,
      false,
    ]),
  );
  expect(drop).toMatchObject({ reversibility: "restorable", after: { exists: false } });
  expect(lines(drop?.rollback ?? [])[0]).toContain("create orders-read --master-instance-name=orders");
});

test.each([
  ["a shrink", ["storageGiB", 100, 50], instance(), "can't shrink"],
  [
    "a stale recommendation",
    ["tier", "db-custom-2-7680", "db-f1-micro"],
    instance(),
    "make the recommendation again",
  ],
  ["deleting a primary", ["exists", true, false], instance(), "never deleted here"],
  [
    "a protected replica",
    ["exists", true, false],
    instance({ deletionProtectionEnabled: true }, { masterInstanceName: "p:orders" }),
    "protected",
  ],
  [
    "stopping a replica",
    ["activationPolicy", "ALWAYS", "NEVER"],
    instance({}, { masterInstanceName: "p:orders" }),
    "can't be stopped",
  ],
  [
    "two zones without backups",
    ["availability", "ZONAL", "REGIONAL"],
    instance({ availabilityType: "ZONAL", backupConfiguration: { enabled: false } }),
    "backups",
  ],
  [
    "an instance in maintenance",
    ["tier", "db-custom-8-30720", "db-f1-micro"],
    instance({}, { state: "MAINTENANCE" }),
    "MAINTENANCE",
  ],
  [
    "a setting it does not know",
    ["databaseVersion", "POSTGRES_16", "POSTGRES_17"],
    instance(),
    "databaseVersion",
  ],
  [
    "a replica left out",
    ["replicas", ["a"], []],
    instance({}, { replicaNames: ["a"] }),
    "resource of its own",
  ],
] as const)("refuses %s", (_, change, printed, why) => {
  expect(refusalOf(planOn(cloudSqlAction, orders, printed, change))).toContain(why);
});

test("what is not there, and what can't be read", () => {
  expect(cloudSqlAction.parseState(undefined, orders)).toEqual({ exists: false });
  expect(() => cloudSqlAction.parseState("{}", orders)).toThrow(/can't be read/);
  expect(() => cloudSqlAction.parseState("ERROR", orders)).toThrow(/no JSON/);
  expect(() => cloudSqlAction.read({ ...orders, name: "--flags-file=x" })).toThrow(/can't be handed/);
});

test("as Terraform says it", () => {
  const change = { setting: "tier", from: "a", to: "db-custom-4-16384" };
  expect(cloudSqlAction.terraform?.(orders, [change], {})).toEqual({
    type: "google_sql_database_instance",
    attributes: { settings: { tier: "db-custom-4-16384" } },
  });
});

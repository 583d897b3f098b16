import { expect, test } from "vitest";
import { amazon, lines, planOn, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { dynamodbCapacityAction } from "./dynamodb-capacity-action.ts";

const carts = amazon("AWS::DynamoDB::Table", "carts");
const table = (own: object = {}) => ({
  Table: {
    TableStatus: "ACTIVE",
    ProvisionedThroughput: { ReadCapacityUnits: 40, WriteCapacityUnits: 20 },
    ...own,
  },
});
const onDemand = (own: object = {}) =>
  table({ BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" }, ...own });

test("on demand, and back with the units it had", () => {
  const [step] = stepsOf(
    planOn(dynamodbCapacityAction, carts, table(), ["billingMode", "PROVISIONED", "PAY_PER_REQUEST"]),
  );
  expect(step?.after).toMatchObject({ billingMode: "PAY_PER_REQUEST", readCapacityUnits: null });
  expect(lines([...(step?.apply ?? []), ...(step?.rollback ?? [])])).toEqual([
    "aws dynamodb update-table --table-name carts --billing-mode PAY_PER_REQUEST",
    "aws dynamodb update-table --table-name carts --billing-mode PROVISIONED --provisioned-throughput ReadCapacityUnits=40,WriteCapacityUnits=20",
  ]);
});

test.each([
  ["provisioned without units", onDemand(), "PAY_PER_REQUEST", "both its read and its write units"],
  ["a table that changes", table({ TableStatus: "UPDATING" }), "PROVISIONED", "UPDATING"],
] as const)("refuses %s", (_, printed, from, why) => {
  const to = from === "PROVISIONED" ? "PAY_PER_REQUEST" : "PROVISIONED";
  expect(refusalOf(planOn(dynamodbCapacityAction, carts, printed, ["billingMode", from, to]))).toContain(why);
});

test("refuses indexes that would need capacity of their own", () => {
  const printed = onDemand({ GlobalSecondaryIndexes: [{ IndexName: "by-user" }] });
  const plan = planOn(
    dynamodbCapacityAction,
    carts,
    printed,
    ["billingMode", "PAY_PER_REQUEST", "PROVISIONED"],
    ["readCapacityUnits", null, 5],
    ["writeCapacityUnits", null, 5],
  );
  expect(refusalOf(plan)).toContain("by-user");
});

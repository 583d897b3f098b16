import { decimal, type Known, type Money, money, multiply, type UnitPrice } from "@trimtab/domain";
import type { ResourceEvidence } from "../advisor.ts";
import { hourly } from "../shared/saving-lines.ts";

export type RdsEvidence = ResourceEvidence<"AWS::RDS::DBInstance">;

/** An hour of a class, of this database's engine and licence. */
export function rdsPrice(
  { resource, price }: RdsEvidence,
  instanceClass: string,
  multiAz: boolean,
): Known<UnitPrice> {
  const { engine, licenseModel: license } = resource.settings;
  const deployment = multiAz ? "multi-az" : "single-az";
  return price({
    item: "aws.rds.instance",
    scope: resource.scope,
    attributes: { engine, instanceClass, deployment, license },
  });
}

/** A month of it: as the bill says, else a month of its class. */
export const rdsCost = ({ cost }: RdsEvidence, price: UnitPrice): Money =>
  cost.status === "known"
    ? money(cost.value.effectiveMonthly, cost.value.currency)
    : money(multiply(hourly(decimal("1")), price.price), price.currency);

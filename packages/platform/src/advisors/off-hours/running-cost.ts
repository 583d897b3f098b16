import { type Decimal, decimal, type Known, known, type UnitPrice } from "@trimtab/domain";
import type { ResourceEvidence } from "../advisor.ts";
import { allKnown, gibibytes } from "../shared/saving-lines.ts";

interface RunningPart {
  readonly about: string;
  readonly unitsPerHour: Decimal;
  readonly price: UnitPrice;
}

/** What an hour of running is made of: so many units of each price. Storage is paid whether it runs or not. */
export type RunningCost = readonly [RunningPart, ...RunningPart[]];

export const OFF_HOURS_KINDS = [
  "compute.googleapis.com/Instance",
  "AWS::EC2::Instance",
  "sqladmin.googleapis.com/Instance",
  "AWS::RDS::DBInstance",
] as const;

export type OffHoursKind = (typeof OFF_HOURS_KINDS)[number];

export function runningCost({ resource, price }: ResourceEvidence<OffHoursKind>): Known<RunningCost> {
  const { scope } = resource;
  const one = decimal("1");
  const machine = (found: Known<UnitPrice>): Known<RunningCost> =>
    found.status === "unknown"
      ? found
      : known([{ about: "hours of the machine", unitsPerHour: one, price: found.value }]);
  switch (resource.kind) {
    case "compute.googleapis.com/Instance": {
      const { machineType, isSpot } = resource.settings;
      const attributes = { machineType, spot: isSpot ? "yes" : "no" };
      return machine(price({ item: "gcp.compute.instance", scope, attributes }));
    }
    case "AWS::EC2::Instance": {
      const { machineType: instanceType, os } = resource.settings;
      return machine(
        price({ item: "aws.ec2.instance", scope, attributes: { instanceType, os: os ?? "linux" } }),
      );
    }
    case "AWS::RDS::DBInstance": {
      const { engine, instanceClass, multiAz, licenseModel: license } = resource.settings;
      const deployment = multiAz ? "multi-az" : "single-az";
      return machine(
        price({
          item: "aws.rds.instance",
          scope,
          attributes: { engine, instanceClass, deployment, license },
        }),
      );
    }
    case "sqladmin.googleapis.com/Instance": {
      const { databaseVersion, edition, availability, vCpus, memoryMiB } = resource.settings;
      const attributes = { engine: databaseVersion.split("_")[0] ?? "", edition, availability };
      const prices = allKnown({
        cpu: price({ item: "gcp.sql.cpu", scope, attributes }),
        memory: price({ item: "gcp.sql.memory", scope, attributes }),
      });
      if (prices.status === "unknown") return prices;
      return known([
        { about: "vCPU-hours", unitsPerHour: decimal(vCpus), price: prices.value.cpu },
        { about: "GiB-hours of memory", unitsPerHour: gibibytes(memoryMiB), price: prices.value.memory },
      ]);
    }
  }
}

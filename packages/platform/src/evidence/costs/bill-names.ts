import type { ResourceKind, ResourceRef } from "@trimtab/domain";

/** How a kind of resource is named in bills. */
interface BillKind {
  /** Service of an ARN, or host of a full name. */
  readonly hosts: readonly string[];
  /** Types as ARNs and full names have them, e.g. `instance` of `instance/i-1`, `services`. */
  readonly types: readonly string[];
  /** Services under which bills have it. */
  readonly services: readonly string[];
  /** `global`: the name is unique in its account, and its charges may be told of other regions (backups do). */
  readonly place: "regional" | "global";
  /** A bare name in the bill may be of another type of the same service: an instance and its disk share one. */
  readonly sharesNames?: boolean;
}

const EC2 = ["Amazon Elastic Compute Cloud", "AmazonEC2", "EC2 - Other", "Amazon Virtual Private Cloud"];
const COMPUTE = ["Compute Engine", "Networking"];
const compute = (...types: readonly string[]): BillKind => ({
  hosts: ["compute.googleapis.com"],
  types,
  services: COMPUTE,
  place: "regional",
  sharesNames: true,
});
const ec2 = (...types: readonly string[]): BillKind => ({
  hosts: ["ec2"],
  types,
  services: EC2,
  place: "regional",
});

/**
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 *   for the forms of ARNs, https://cloud.google.com/asset-inventory/docs/asset-names for full names (read 2026-11-22)
 */
export const BILL_KINDS: Readonly<Record<ResourceKind, BillKind>> = {
  "run.googleapis.com/Service": {
    hosts: ["run.googleapis.com"],
    types: ["services"],
    services: ["Cloud Run"],
    place: "regional",
  },
  "sqladmin.googleapis.com/Instance": {
    hosts: ["cloudsql.googleapis.com", "sqladmin.googleapis.com"],
    types: ["instances"],
    services: ["Cloud SQL"],
    place: "global",
  },
  "cloudtasks.googleapis.com/Queue": {
    hosts: ["cloudtasks.googleapis.com"],
    types: ["queues"],
    services: ["Cloud Tasks"],
    place: "regional",
  },
  "firestore.googleapis.com/Database": {
    hosts: ["firestore.googleapis.com"],
    types: ["databases"],
    services: ["Cloud Firestore"],
    place: "global",
  },
  "compute.googleapis.com/Instance": compute("instances"),
  "compute.googleapis.com/Disk": compute("disks"),
  "compute.googleapis.com/Snapshot": { ...compute("snapshots"), place: "global" },
  "compute.googleapis.com/Address": compute("addresses"),
  "compute.googleapis.com/ForwardingRule": compute("forwardingRules"),
  "AWS::EC2::Instance": ec2("instance"),
  "AWS::EC2::Volume": ec2("volume"),
  "AWS::EC2::Snapshot": ec2("snapshot"),
  "AWS::EC2::EIP": ec2("elastic-ip", "eip"),
  "AWS::ElasticLoadBalancingV2::LoadBalancer": {
    hosts: ["elasticloadbalancing"],
    types: ["loadbalancer"],
    services: ["Elastic Load Balancing"],
    place: "regional",
  },
  "AWS::RDS::DBInstance": {
    hosts: ["rds"],
    types: ["db"],
    services: ["Amazon Relational Database Service"],
    place: "regional",
  },
  "AWS::DynamoDB::Table": {
    hosts: ["dynamodb"],
    types: ["table"],
    services: ["Amazon DynamoDB"],
    place: "regional",
  },
  "AWS::Lambda::Function": {
    hosts: ["lambda"],
    types: ["function"],
    services: ["AWS Lambda"],
    place: "regional",
  },
};

/** What a charge says of its resource. */
export interface BilledResource {
  readonly service: string | null;
  readonly account: string | null;
  readonly region: string | null;
  readonly zone: string | null;
  readonly id: string | null;
  readonly name: string | null;
}

/** A name taken apart. What it does not tell is absent. */
interface NameParts {
  readonly host?: string;
  readonly account?: string;
  readonly place?: string;
  readonly type?: string;
  readonly name: string;
}

const ARN = /^arn:[^:]*:([^:]*):([^:]*):([^:]*):(.+)$/s;
const FULL_NAME =
  /^(?:\/\/([^/]+)\/)?projects\/([^/]+)\/(?:(?:locations|zones|regions|(global))\/?([^/]*)\/)?([^/]+)\/(.+)$/s;

/** Reads an ARN, a full name of Google's with or without its host, `project:name`, or a bare name. */
const readName = (id: string): NameParts => {
  const [, service, arnRegion, arnAccount, rest] = ARN.exec(id) ?? [];
  if (service !== undefined && rest !== undefined) {
    const [, type = "", name = rest] = /^([a-z-]+)[/:](.+)$/s.exec(rest) ?? [];
    return {
      host: service,
      ...(arnAccount ? { account: arnAccount } : {}),
      ...(arnRegion ? { place: arnRegion } : {}),
      type,
      name,
    };
  }
  const [, host, project, , place, type, name] = FULL_NAME.exec(id) ?? [];
  if (project !== undefined && type !== undefined && name !== undefined) {
    return {
      ...(host === undefined ? {} : { host }),
      account: project,
      ...(place ? { place } : {}),
      type,
      name,
    };
  }
  const [, ownProject, ownName] =
    /^([a-z][a-z0-9-]{4,28}[a-z0-9]):(?:[a-z]+-[a-z]+\d+:)?([^:/]+)$/.exec(id) ?? [];
  return ownProject !== undefined && ownName !== undefined
    ? { account: ownProject, name: ownName }
    : { name: id };
};

const zoneOf = (place: string | null | undefined): string | undefined =>
  place != null && /^[a-z]+-[a-z]+\d+-[a-z]$/.test(place) ? place : undefined;
const regionOf = (place: string): string => (zoneOf(place) === undefined ? place : place.slice(0, -2));

/** By service and type name: which kinds a charge's resource may be. */
const kindsByType = new Map<string, ResourceKind[]>();
const kindsByService = new Map<string, ResourceKind[]>();
const collect = (map: Map<string, ResourceKind[]>, key: string, kind: ResourceKind) =>
  map.set(key, [...(map.get(key) ?? []), kind]);
for (const [kind, { hosts, types, services }] of Object.entries(BILL_KINDS) as [ResourceKind, BillKind][]) {
  for (const host of hosts) for (const type of types) collect(kindsByType, `${host} ${type}`, kind);
  for (const service of services) collect(kindsByService, service, kind);
}

/** Google's own types, where the host is missing but the service is told. */
const hostOf = (service: string | null, type: string): string | undefined =>
  (kindsByService.get(service ?? "") ?? [])
    .map((kind) => BILL_KINDS[kind])
    .find(({ types }) => types.includes(type))?.hosts[0];

const key = (...parts: readonly string[]): string => parts.join("\n");

/** `zone`: told to the zone. `region`: of a charge that also tells the zone. `place`: of one that tells only the region. */
type Precision = "zone" | "region" | "place";

const placedKey = (kind: ResourceKind, account: string, precision: Precision, place: string, name: string) =>
  BILL_KINDS[kind].place === "global" ? key(kind, account, name) : key(kind, account, precision, place, name);

const kindsOf = (billed: BilledResource, { host, type }: NameParts): readonly ResourceKind[] => {
  if (type === undefined) {
    return (kindsByService.get(billed.service ?? "") ?? []).filter((kind) => !BILL_KINDS[kind].sharesNames);
  }
  return kindsByType.get(`${host ?? hostOf(billed.service, type) ?? ""} ${type}`) ?? [];
};

/** Keys under which a charge's resource can be found; two charges of one resource share at least one. */
export const keysOfBilled = (billed: BilledResource): readonly string[] => {
  if (billed.id === null) return [];
  const parts = readName(billed.id);
  const kinds = kindsOf(billed, parts);
  const names = new Set([parts.name]);
  if (billed.name !== null && billed.name !== "") names.add(readName(billed.name).name);
  const accounts = new Set([billed.account, parts.account].flatMap((account) => account || []));
  const place = parts.place ?? billed.zone ?? billed.region ?? "";
  const zone = zoneOf(place) ?? zoneOf(billed.zone);
  const keys = [key("id", billed.id)];
  for (const kind of kinds) {
    for (const account of accounts) {
      for (const name of names) {
        if (zone === undefined) keys.push(placedKey(kind, account, "place", regionOf(place), name));
        else {
          keys.push(placedKey(kind, account, "zone", zone, name));
          keys.push(placedKey(kind, account, "region", regionOf(zone), name));
        }
      }
    }
  }
  return [...new Set(keys)];
};

/** Keys under which a resource of the inventory may stand in the bill. */
export const keysOfResource = (
  resource: ResourceRef & { readonly aliases?: readonly string[] },
): readonly string[] => {
  const { kind, scope } = resource;
  const ids = [resource.id, ...(resource.aliases ?? [])];
  const parts = ids.map(readName);
  const names = new Set([resource.name, ...parts.map(({ name }) => name)]);
  const accounts = new Set([scope.account, ...parts.flatMap(({ account }) => account ?? [])]);
  const zones = new Set(parts.flatMap(({ place }) => zoneOf(place) ?? []));
  const keys = ids.map((id) => key("id", id));
  for (const account of accounts) {
    for (const name of names) {
      keys.push(placedKey(kind, account, "place", regionOf(scope.region), name));
      if (zones.size === 0) keys.push(placedKey(kind, account, "region", regionOf(scope.region), name));
      for (const zone of zones) keys.push(placedKey(kind, account, "zone", zone, name));
    }
  }
  return [...new Set(keys)];
};

import type { CommandOutcome } from "../apply/commands/command-runner.ts";
import { type AwsAccount, type AwsCall, AwsRefusal, type AwsVerbs, found, type Item } from "./aws-account.ts";
import { EC2_VERBS } from "./simulated-ec2.ts";
import { RDS_VERBS } from "./simulated-rds.ts";

const balancerOf = ({ account, one, all }: AwsCall, option: string): Item => {
  const wanted = all(option).length > 0 ? one(option) : one("--names");
  const item = [...account.balancers.values()].find(
    ({ LoadBalancerArn, LoadBalancerName }) => LoadBalancerArn === wanted || LoadBalancerName === wanted,
  );
  if (item === undefined)
    throw new AwsRefusal("LoadBalancerNotFound", "One or more load balancers not found");
  return item;
};

const units = (call: AwsCall): Item => {
  const [, read, write] =
    /ReadCapacityUnits=(\d+),WriteCapacityUnits=(\d+)/.exec(call.one("--provisioned-throughput")) ?? [];
  return { ReadCapacityUnits: Number(read), WriteCapacityUnits: Number(write), NumberOfDecreasesToday: 0 };
};

const OTHER_VERBS: AwsVerbs = {
  "elbv2 describe-load-balancers": {
    options: ["--names", "--load-balancer-arns"],
    run: (call) => ({ LoadBalancers: [balancerOf(call, "--load-balancer-arns")] }),
  },
  "elbv2 delete-load-balancer": {
    options: ["--load-balancer-arn"],
    changes: true,
    run: (call) => {
      call.account.balancers.delete(String(balancerOf(call, "--load-balancer-arn").LoadBalancerName));
    },
  },
  "dynamodb describe-table": {
    options: ["--table-name"],
    run: ({ account, one }) => ({
      Table: found(account.tables, one("--table-name"), "ResourceNotFoundException"),
    }),
  },
  "dynamodb update-table": {
    options: ["--table-name", "--billing-mode", "--provisioned-throughput"],
    changes: true,
    run: (call) => {
      const { account, one } = call;
      const table = found(account.tables, one("--table-name"), "ResourceNotFoundException");
      const isProvisioned = one("--billing-mode") === "PROVISIONED";
      table.BillingModeSummary = { BillingMode: one("--billing-mode") };
      table.ProvisionedThroughput = isProvisioned
        ? units(call)
        : { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 };
      return { TableDescription: table };
    },
  },
  "scheduler list-schedules": {
    options: ["--group-name", "--name-prefix"],
    run: ({ account, one }) => ({
      Schedules: [...account.schedules.values()].filter(({ Name }) =>
        String(Name).startsWith(one("--name-prefix")),
      ),
    }),
  },
  "scheduler create-schedule": {
    options: [
      ...["--group-name", "--name", "--schedule-expression", "--schedule-expression-timezone"],
      ...["--flexible-time-window", "--description", "--target"],
    ],
    changes: true,
    run: ({ account, one }) => {
      const name = one("--name");
      if (account.schedules.has(name)) throw new AwsRefusal("ConflictException", `${name} already exists`);
      const Target: unknown = JSON.parse(one("--target"));
      const own = { ScheduleExpression: one("--schedule-expression"), Target };
      account.schedules.set(name, { Name: name, State: "ENABLED", ...own });
      return { ScheduleArn: `arn:aws:scheduler:eu-central-1:123456789012:schedule/default/${name}` };
    },
  },
  "scheduler delete-schedule": {
    options: ["--group-name", "--name"],
    changes: true,
    run: ({ account, one }) => {
      found(account.schedules, one("--name"), "ResourceNotFoundException");
      account.schedules.delete(one("--name"));
    },
  },
};

const VERBS: AwsVerbs = { ...EC2_VERBS, ...RDS_VERBS, ...OTHER_VERBS };
const COMMON = ["--region", "--output", "--query"];

const ended = (exitCode: number, stdout: string, stderr = ""): CommandOutcome => ({
  status: "ended",
  exitCode,
  stdout,
  stderr,
});

/**
 * A stand-in for the aws CLI at the level of its arguments: the documented commands and options that actions use, over an
 * account kept in memory. Each change is made at once. What it takes and prints is compared with the real CLI before a server by
 * `npm run test:clis`.
 * @see https://docs.aws.amazon.com/cli/latest/reference, read 2026-11-22
 */
export const simulateAws = (account: AwsAccount, args: readonly string[]): CommandOutcome => {
  const [service = "", verb = "", ...rest] = args;
  const isWait = verb === "wait";
  const name = isWait ? `${service} wait ${rest[0]}` : `${service} ${verb}`;
  const known = VERBS[name];
  if (known === undefined) return ended(252, "", `aws: error: argument operation: Invalid choice: ${name}`);
  const options = parseOptions(isWait ? rest.slice(1) : rest);
  const foreign = [...options.keys()].find((key) => !known.options.includes(key) && !COMMON.includes(key));
  if (foreign !== undefined) return ended(252, "", `Unknown options: ${foreign}`);
  try {
    const answer = known.run(callOf(account, options));
    if (known.changes === true) account.effects.push(args.join(" "));
    return ended(0, printed(answer, options));
  } catch (error) {
    if (!(error instanceof AwsRefusal)) throw error;
    const operation = verb.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
    const text = `An error occurred (${error.code}) when calling the ${operation} operation: ${error.message}`;
    return ended(254, "", text);
  }
};

const parseOptions = (words: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const options = new Map<string, string[]>();
  let current: string[] = [];
  for (const word of words) {
    if (!word.startsWith("--")) current.push(word);
    else {
      current = [];
      options.set(word, current);
    }
  }
  return options;
};

const callOf = (account: AwsAccount, options: ReadonlyMap<string, readonly string[]>): AwsCall => {
  const all = (option: string) => options.get(option) ?? [];
  return {
    account,
    all,
    one: (option) => all(option)[0] ?? "",
    isGiven: (option) => options.has(option),
    filter: (name) =>
      all("--filters")
        .map((text) => /^Name=([^,]*),Values=(.*)$/.exec(text))
        .find((match) => match?.[1] === name)?.[2],
  };
};

/** The two JMESPath expressions that actions ask by; the real CLI evaluates them in `npm run test:clis`. */
const printed = (answer: unknown, options: ReadonlyMap<string, readonly string[]>): string => {
  const query = options.get("--query")?.[0];
  if (query === undefined) return answer === undefined ? "" : JSON.stringify(answer);
  const wanted = /^\{Volumes:Volumes\[\?contains\(to_string\(\[VolumeId,Tags\]\),'([^']+)'\)\]\}$/.exec(
    query,
  )?.[1];
  if (wanted !== undefined) {
    const { Volumes } = answer as { readonly Volumes: readonly Item[] };
    const isWanted = ({ VolumeId, Tags }: Item) => JSON.stringify([VolumeId, Tags]).includes(wanted);
    return JSON.stringify({ Volumes: Volumes.filter(isWanted) });
  }
  if (query !== "Snapshots[0].SnapshotId") throw new TypeError(`No such query is known: ${query}`);
  const { Snapshots } = answer as { readonly Snapshots: readonly Item[] };
  return `${String(Snapshots[0]?.SnapshotId ?? "None")}\n`;
};

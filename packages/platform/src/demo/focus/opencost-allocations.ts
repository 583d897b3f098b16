import {
  addDays,
  type Day,
  type Decimal,
  day,
  decimal,
  divide,
  formatDecimal,
  multiply,
  roundTo,
  sumDecimals,
} from "@trimtab/domain";
import { BALANCER_ID, CLUSTER, nodeId, volumeId } from "../data/samplemind.ts";
import { seededRandom } from "../random.ts";
import { eachDay } from "../spread.ts";

/** Pods of one kind on one node, with the share of the node they ask for and use. */
interface Workload {
  readonly namespace: string;
  readonly controller: string;
  readonly node: string;
  readonly share: number;
  readonly volume?: string;
  readonly balancer?: boolean;
}

/** What OpenCost takes an hour of each node to cost: list prices, which know of no savings plan and no spot price. */
const NODES: Readonly<
  Record<string, { readonly perDay: string; readonly cores: number; readonly isGpu: boolean }>
> = {
  "worker-1": { perDay: "9.216", cores: 8, isGpu: false },
  "worker-2": { perDay: "9.216", cores: 8, isGpu: false },
  "worker-3": { perDay: "9.216", cores: 8, isGpu: false },
  "worker-4": { perDay: "9.216", cores: 8, isGpu: false },
  "worker-5": { perDay: "9.216", cores: 8, isGpu: false },
  "worker-6": { perDay: "9.216", cores: 8, isGpu: false },
  "celery-spot": { perDay: "16.32", cores: 16, isGpu: false },
  "gpu-1": { perDay: "24.144", cores: 4, isGpu: true },
  "gpu-2": { perDay: "24.144", cores: 4, isGpu: true },
  "gpu-3": { perDay: "24.144", cores: 4, isGpu: true },
};

const WORKLOADS: readonly Workload[] = [
  ...[1, 2, 3, 4].map((node) => ({
    namespace: "samplemind",
    controller: "api",
    node: `worker-${node}`,
    share: 0.34,
    balancer: node === 1,
  })),
  ...[3, 4, 5, 6].map((node) => ({
    namespace: "samplemind",
    controller: "web",
    node: `worker-${node}`,
    share: 0.12,
  })),
  { namespace: "samplemind", controller: "celery-worker", node: "celery-spot", share: 0.71 },
  { namespace: "samplemind", controller: "celery-beat", node: "worker-5", share: 0.06 },
  { namespace: "ml", controller: "stem-separation", node: "gpu-1", share: 0.62, volume: "model-cache" },
  { namespace: "ml", controller: "stem-separation", node: "gpu-2", share: 0.55 },
  { namespace: "ml", controller: "transcription", node: "gpu-3", share: 0.41 },
  {
    namespace: "monitoring",
    controller: "prometheus",
    node: "worker-6",
    share: 0.22,
    volume: "metrics-data",
  },
  { namespace: "kube-system", controller: "coredns", node: "worker-2", share: 0.04 },
];

const PLACES = 5;
const BALANCER_PER_DAY = "0.54";
const VOLUME_PER_DAY = "1.6";

/** A day of `/allocation` by pod, with idle time by node, as its answer is: `{"code":200,"data":[{name: allocation}]}`. */
export function openCostAllocations(from: string, until: string): string {
  const random = seededRandom("samplemind/opencost");
  const windows = eachDay(day(from), day(until)).map((date) => {
    const wobble = WORKLOADS.map(() => 0.9 + random() * 0.2);
    const pods = WORKLOADS.map((workload, index) => allocation(workload, date, wobble[index] ?? 1));
    const idle = Object.keys(NODES).map((node) => idleAllocation(node, date, WORKLOADS, wobble));
    return Object.fromEntries([...pods, ...idle].map((entry) => [entry.name, entry]));
  });
  return `${JSON.stringify({ code: 200, status: "success", data: windows })}\n`;
}

const amount = (value: Decimal): number => Number(formatDecimal(roundTo(value, PLACES, "half-even")));

function nodeCost(node: string, share: number) {
  const { perDay = "0", cores = 0, isGpu = false } = NODES[node] ?? {};
  const cost = multiply(decimal(perDay), decimal(share.toFixed(6)));
  const part = (of: string) => roundTo(multiply(cost, decimal(of)), PLACES, "half-even");
  return {
    gpu: part(isGpu ? "0.6" : "0"),
    cpu: part(isGpu ? "0.28" : "0.7"),
    ram: part(isGpu ? "0.12" : "0.3"),
    coreHours: cores * 24 * share,
  };
}

function allocation(workload: Workload, date: Day, wobble: number) {
  const { namespace, controller, node, volume, balancer } = workload;
  const pod = `${controller}-${node}-0`;
  const cost = nodeCost(node, workload.share * wobble);
  const pv = volume === undefined ? decimal("0") : decimal(VOLUME_PER_DAY);
  const lb = balancer ? decimal(BALANCER_PER_DAY) : decimal("0");
  const name = `${CLUSTER}/${node}/${namespace}/${pod}/${controller}`;
  return {
    name,
    properties: {
      cluster: CLUSTER,
      node,
      container: controller,
      controller,
      controllerKind: controller === "prometheus" ? "statefulset" : "deployment",
      namespace,
      pod,
      ...(balancer ? { services: ["ingress"] } : {}),
      providerID: nodeId(node),
      labels: { app: controller },
    },
    ...windowOf(date),
    ...costs(cost, pv, lb),
    pvs:
      volume === undefined
        ? null
        : {
            [`cluster=${CLUSTER}:name=${volume}`]: {
              byteHours: 2_576_980_377_600,
              cost: amount(pv),
              providerID: volumeId(volume),
            },
          },
    lbAllocations: balancer
      ? {
          [`${CLUSTER}/ingress/samplemind-ingress`]: {
            service: "ingress/samplemind-ingress",
            cost: amount(lb),
            private: false,
            ip: "",
            providerID: BALANCER_ID,
          },
        }
      : null,
  };
}

function idleAllocation(node: string, date: Day, workloads: readonly Workload[], wobble: readonly number[]) {
  const used = workloads.reduce(
    (sum, workload, index) => (workload.node === node ? sum + workload.share * (wobble[index] ?? 1) : sum),
    0,
  );
  const none = decimal("0");
  return {
    name: `${CLUSTER}/${node}/__idle__`,
    properties: { cluster: CLUSTER, node, providerID: nodeId(node) },
    ...windowOf(date),
    ...costs(nodeCost(node, 1 - used), none, none),
    pvs: null,
    lbAllocations: null,
  };
}

function windowOf(date: Day) {
  const start = `${date}T00:00:00Z`;
  const end = `${addDays(date, 1)}T00:00:00Z`;
  return { window: { start, end }, start, end, minutes: 1440 };
}

function costs(node: ReturnType<typeof nodeCost>, pv: Decimal, lb: Decimal) {
  return {
    cpuCores: Math.round((node.coreHours / 24) * 1000) / 1000,
    cpuCoreHours: Math.round(node.coreHours * 1000) / 1000,
    cpuCost: amount(node.cpu),
    cpuCostAdjustment: 0,
    gpuCount: 0,
    gpuCost: amount(node.gpu),
    gpuCostAdjustment: 0,
    ramCost: amount(node.ram),
    ramCostAdjustment: 0,
    networkCost: 0,
    networkCrossZoneCost: 0,
    networkCrossRegionCost: 0,
    networkInternetCost: 0,
    networkCostAdjustment: 0,
    loadBalancerCost: amount(lb),
    loadBalancerCostAdjustment: 0,
    pvCost: amount(pv),
    pvCostAdjustment: 0,
    externalCost: 0,
    sharedCost: 0,
    totalCost: amount(sumDecimals([node.cpu, node.gpu, node.ram, pv, lb])),
    totalEfficiency: amount(divide(node.cpu, sumDecimals([node.cpu, decimal("1")]), PLACES)),
  };
}

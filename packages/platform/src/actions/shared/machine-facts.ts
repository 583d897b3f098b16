import type { ActionFact } from "../action.ts";

const date = "2026-11-22";

/** What stopping a machine means. */
export const STOP_FACTS: readonly ActionFact[] = [
  {
    text: "A stopped GCE machine is not charged, and its disks and static addresses still are.",
    source: "https://docs.cloud.google.com/compute/docs/instances/stop-start-instance",
    date,
  },
  {
    text: "Stopping a GCE machine with local SSDs asks whether their content is to be discarded; keeping it costs and is limited.",
    source: "https://cloud.google.com/sdk/gcloud/reference/compute/instances/stop",
    date,
  },
  {
    text: "A stopped EC2 instance is not charged for usage, and its EBS volumes still are; started, it is charged for a minute at least.",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html",
    date,
  },
  {
    text: "An instance whose root is an instance store can't be stopped; the content of instance store volumes and of memory is lost.",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html",
    date,
  },
  {
    text: "A stopped EC2 instance gives its public IPv4 address back; an Elastic IP address stays, and is charged.",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html",
    date,
  },
];

import { expect, test } from "vitest";
import { amazon, gcp, lines, planOn, stepsOf } from "../../testing/plan-action.ts";
import { deleteBalancerAction } from "./delete-balancer-action.ts";

const gone = ["exists", true, false] as const;

test("an AWS balancer: what it was is in the plan", () => {
  const arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/idle/50dc6c495c0c9188";
  const balancer = amazon("AWS::ElasticLoadBalancingV2::LoadBalancer", "idle", arn);
  const printed = {
    LoadBalancers: [
      {
        LoadBalancerArn: arn,
        DNSName: "idle.example",
        Type: "application",
        AvailabilityZones: [{ SubnetId: "s-1" }],
      },
    ],
  };
  const [step] = stepsOf(planOn(deleteBalancerAction, balancer, printed, gone));
  expect(step?.before).toMatchObject({ dnsName: "idle.example", subnets: ["s-1"] });
  expect(step?.reversibility).toBe("irreversible");
  expect(lines(step?.apply ?? [])).toEqual([`aws elbv2 delete-load-balancer --load-balancer-arn ${arn}`]);
});

test("a forwarding rule of Google", () => {
  const rule = gcp("compute.googleapis.com/ForwardingRule", "idle");
  const printed = [{ IPAddress: "203.0.113.4", target: "https://x/targetHttpProxies/web" }];
  const [step] = stepsOf(planOn(deleteBalancerAction, rule, printed, gone));
  expect(lines(step?.apply ?? [])).toEqual([
    "gcloud compute forwarding-rules delete idle --region=europe-west1",
  ]);
  expect(step?.before).toMatchObject({ address: "203.0.113.4", target: "web" });
});

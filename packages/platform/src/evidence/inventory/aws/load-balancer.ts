import { z } from "zod";
import { type Normaliser, otherNames, readBody } from "../normalise.ts";
import { awsScope, moment, parseArn } from "./aws-names.ts";

const balancer = z.object({
  LoadBalancerArn: z.string(),
  LoadBalancerName: z.string(),
  Type: z.string(),
  CreatedTime: moment,
});

/** Registered and healthy targets by balancer, and its tags: they are asked for one by one. */
export interface BalancerFacts {
  readonly targets: number;
  readonly healthyTargets: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html, 2026-06 */
export const loadBalancer = (
  facts: ReadonlyMap<string, BalancerFacts> = new Map(),
): Normaliser<"AWS::ElasticLoadBalancingV2::LoadBalancer"> => ({
  kind: "AWS::ElasticLoadBalancingV2::LoadBalancer",
  normalise: (body, context) => {
    const found = readBody(balancer, body, context);
    const arn = found.LoadBalancerArn;
    const own = facts.get(arn);
    return {
      kind: "AWS::ElasticLoadBalancingV2::LoadBalancer",
      id: arn,
      name: found.LoadBalancerName,
      scope: awsScope(parseArn(arn) ?? {}, body, context),
      // CloudWatch calls it `app/web/0123456789abcdef`
      aliases: otherNames(arn, [arn.split(":loadbalancer/")[1]]),
      settings: {
        type: found.Type,
        targets: own?.targets ?? null,
        healthyTargets: own?.healthyTargets ?? null,
      },
      tags: own?.tags ?? {},
      ...(found.CreatedTime === undefined ? {} : { createdAt: found.CreatedTime }),
      readAt: context.readAt,
    };
  },
});

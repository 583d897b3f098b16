import { z } from "zod";
import { type Normaliser, otherNames, readBody } from "../normalise.ts";
import { awsScope, moment, parseArn, tagList } from "./aws-names.ts";

const instance = z.object({
  DBInstanceIdentifier: z.string(),
  DBInstanceArn: z.string(),
  DbiResourceId: z.string().optional(),
  DBInstanceClass: z.string(),
  DBInstanceStatus: z.string().default("unknown"),
  Engine: z.string(),
  EngineVersion: z.string().default(""),
  LicenseModel: z.string().default(""),
  AllocatedStorage: z.number(),
  StorageType: z.string().default(""),
  Iops: z.number().nullish(),
  StorageThroughput: z.number().nullish(),
  MultiAZ: z.boolean().default(false),
  ReadReplicaSourceDBInstanceIdentifier: z.string().nullish(),
  ReadReplicaDBInstanceIdentifiers: z.array(z.string()).default([]),
  DBClusterIdentifier: z.string().nullish(),
  InstanceCreateTime: moment,
  TagList: tagList,
});

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html, 2026-06 */
export const rdsInstance: Normaliser<"AWS::RDS::DBInstance"> = {
  kind: "AWS::RDS::DBInstance",
  normalise: (body, context) => {
    const found = readBody(instance, body, context);
    return {
      kind: "AWS::RDS::DBInstance",
      id: found.DBInstanceArn,
      name: found.DBInstanceIdentifier,
      scope: awsScope(parseArn(found.DBInstanceArn) ?? {}, body, context),
      aliases: otherNames(found.DBInstanceArn, [found.DbiResourceId]),
      settings: {
        engine: found.Engine,
        engineVersion: found.EngineVersion,
        instanceClass: found.DBInstanceClass,
        licenseModel: found.LicenseModel,
        storageGiB: found.AllocatedStorage,
        storageType: found.StorageType,
        iops: found.Iops ?? null,
        throughputMiBps: found.StorageThroughput ?? null,
        multiAz: found.MultiAZ,
        replicaOf: found.ReadReplicaSourceDBInstanceIdentifier || null,
        replicas: found.ReadReplicaDBInstanceIdentifiers,
        cluster: found.DBClusterIdentifier || null,
        status: found.DBInstanceStatus,
      },
      tags: found.TagList,
      ...(found.InstanceCreateTime === undefined ? {} : { createdAt: found.InstanceCreateTime }),
      readAt: context.readAt,
    };
  },
};

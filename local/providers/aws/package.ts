import type { Cloud } from "../cloud";
import { installedVersion } from "../package-version";
import type { Package } from "../resource";
import { bucket } from "./bucket";
import { bucketLifecycle } from "./bucket-lifecycle";
import { bucketObject } from "./bucket-object";
import { bucketPolicy } from "./bucket-policy";
import {
  bucketEncryption,
  bucketOwnershipControls,
  bucketPublicAccessBlock,
  bucketVersioning,
} from "./bucket-settings";
import { eip } from "./eip";
import { eipAssociation } from "./eip-association";
import { eipDomainName } from "./eip-domain-name";
import { getAvailabilityZones, getCallerIdentity, getRegion } from "./get-account";
import { getAmi } from "./get-ami";
import { getSubnet, getVpc } from "./get-network";
import { getInstanceTypeOfferings } from "./get-offerings";
import { instance } from "./instance";
import { instanceProfile } from "./instance-profile";
import { internetGateway } from "./internet-gateway";
import { metricAlarm } from "./metric-alarm";
import { providerConfig } from "./provider";
import { role } from "./role";
import { rolePolicy } from "./role-policy";
import { route } from "./route";
import { routeTable } from "./route-table";
import { routeTableAssociation } from "./route-table-association";
import { securityGroup } from "./security-group";
import { securityGroupRule } from "./security-group-rule";
import { subnet } from "./subnet";
import { volume } from "./volume";
import { volumeAttachment } from "./volume-attachment";
import { vpc } from "./vpc";

export function aws(cloud: Cloud): Package {
  return {
    name: "aws",
    version: installedVersion("@pulumi/aws"),
    config: providerConfig(cloud),
    resources: {
      "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm(cloud),
      "aws:ebs/volume:Volume": volume(cloud),
      "aws:ec2/eip:Eip": eip(cloud),
      "aws:ec2/eipAssociation:EipAssociation": eipAssociation(cloud),
      "aws:ec2/eipDomainName:EipDomainName": eipDomainName(cloud),
      "aws:ec2/instance:Instance": instance(cloud),
      "aws:ec2/internetGateway:InternetGateway": internetGateway(cloud),
      "aws:ec2/route:Route": route(cloud),
      "aws:ec2/routeTable:RouteTable": routeTable(cloud),
      "aws:ec2/routeTableAssociation:RouteTableAssociation": routeTableAssociation(cloud),
      "aws:ec2/securityGroup:SecurityGroup": securityGroup(cloud),
      "aws:ec2/subnet:Subnet": subnet(cloud),
      "aws:ec2/volumeAttachment:VolumeAttachment": volumeAttachment(cloud),
      "aws:ec2/vpc:Vpc": vpc(cloud),
      "aws:iam/instanceProfile:InstanceProfile": instanceProfile(cloud),
      "aws:iam/role:Role": role(cloud),
      "aws:iam/rolePolicy:RolePolicy": rolePolicy(cloud),
      "aws:s3/bucket:Bucket": bucket(cloud),
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketLifecycle(cloud),
      "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject(cloud),
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketOwnershipControls(cloud),
      "aws:s3/bucketPolicy:BucketPolicy": bucketPolicy(cloud),
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketPublicAccessBlock(cloud),
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
        bucketEncryption(cloud),
      "aws:s3/bucketVersioning:BucketVersioning": bucketVersioning(cloud),
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule(cloud, "egress"),
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule(cloud, "ingress"),
    },
    functions: {
      "aws:ec2/getAmi:getAmi": getAmi(cloud),
      "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": getInstanceTypeOfferings(cloud),
      "aws:ec2/getSubnet:getSubnet": getSubnet(cloud),
      "aws:ec2/getVpc:getVpc": getVpc(cloud),
      "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones(cloud),
      "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity(cloud),
      "aws:index/getRegion:getRegion": getRegion(cloud),
    },
  };
}

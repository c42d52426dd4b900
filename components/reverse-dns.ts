import { EipDomainName } from "@pulumi/aws/ec2/eipDomainName";
import * as pulumi from "@pulumi/pulumi";

export interface ReverseDnsArgs {
  /** Of the Elastic IP. */
  readonly allocationId: pulumi.Input<string>;
  /**
   * The name that the address gets. AWS checks that it already leads to the address, so take it from the address
   * record's own output: then the record comes first.
   */
  readonly hostname: pulumi.Input<string>;
}

/** The PTR record of an Elastic IP. Receivers refuse mail from an address whose name does not lead back to it. */
export class ReverseDns extends pulumi.ComponentResource {
  readonly ptrRecord: pulumi.Output<string>;

  constructor(name: string, args: ReverseDnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-mailserver:index:ReverseDns", name, args, opts);
    const pointer = new EipDomainName(
      name,
      { allocationId: args.allocationId, domainName: args.hostname },
      { parent: this },
    );
    this.ptrRecord = pointer.ptrRecord;
    this.registerOutputs({ ptrRecord: this.ptrRecord });
  }
}

import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { type Endpoint, openNetwork, Unreachable, type WhyUnreachable } from "../../../verify/network";

const mailHost = { address: "192.0.2.1", port: 25 };

/** A network as this machine's line makes it, and what was tried on it. */
function lineThat(answers: (to: Endpoint) => WhyUnreachable | undefined) {
  const tried: string[] = [];
  const network = openNetwork([], async (to, patience) => {
    tried.push(to.address);
    const why = answers(to);
    if (why) throw new Unreachable(why, to, patience);
    return new Socket();
  });
  return { network, tried };
}

describe("a connection to port 25 that is refused", () => {
  it("is refused by the host, where nobody refuses in the name of an address that nobody has", async () => {
    for (const otherwise of ["timeout", "no-route"] as const) {
      const { network } = lineThat(({ address }) => (address === mailHost.address ? "refused" : otherwise));
      await expect(network.connect(mailHost)).rejects.toMatchObject({ why: "refused" });
    }
  });

  it("is rejected on the way, where the line refuses for every address; that is found out once", async () => {
    const { network, tried } = lineThat(() => "refused");
    for (const options of [{}, { probe: true }, {}])
      await expect(network.connect(mailHost, options)).rejects.toMatchObject({
        why: "rejected",
        message: expect.stringMatching(/This machine's line rejects connections to port 25/),
        remedy: expect.stringMatching(/another network/),
      });
    expect(tried.filter((address) => address !== mailHost.address)).toEqual(["192.0.0.8"]);
    await expect(network.connect({ address: "2001:db8::1", port: 25 })).rejects.toMatchObject({
      why: "rejected",
    });
    expect(tried.at(-1)).toBe("100::25");
  });

  it("costs nothing where the host answers, and says nothing of other ports", async () => {
    const open = lineThat(() => undefined);
    (await open.network.connect(mailHost)).destroy();
    const closed = lineThat(() => "refused");
    await expect(closed.network.connect({ ...mailHost, port: 465 })).rejects.toMatchObject({
      why: "refused",
    });
    expect([open.tried, closed.tried]).toEqual([["192.0.2.1"], ["192.0.2.1"]]);
  });
});

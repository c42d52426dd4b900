import { describe, expect, it } from "vitest";
import { renderUserData } from "../../../host";
import { partOf, render } from "./support/declaration";

const boot = {
  hostname: "mx1.example.test",
  region: "eu-central-1",
  bucket: "mail-bucket",
  bundleKey: "hosts/mx1.example.test/bundle.json",
  statusKey: "hosts/mx1.example.test/status.json",
};

interface CloudConfig {
  readonly hostname: string;
  readonly fqdn: string;
  readonly write_files: readonly { path: string; permissions: string; content: string }[];
  readonly runcmd: readonly string[][];
}

function parse(userData: string): CloudConfig {
  const [header, ...rest] = userData.split("\n");
  expect(header).toBe("#cloud-config");
  return JSON.parse(rest.join("\n"));
}

describe("the user-data", () => {
  it("is cloud-init's, names the host and starts the agent", () => {
    const config = parse(renderUserData(boot));
    expect(config.fqdn).toBe("mx1.example.test");
    expect(config.hostname).toBe("mx1");
    expect(config.runcmd).toEqual([
      ["systemctl", "enable", "--now", "--no-block", "mailserver-agent.service"],
    ]);
  });

  it("tells the host where its bundle is and where to report", () => {
    const file = parse(renderUserData(boot)).write_files.find(({ path }) => path.endsWith("/boot.json"));
    expect(JSON.parse(file?.content ?? "")).toEqual(boot);
  });

  it("is the same bytes for the same declaration", () => {
    expect(renderUserData({ ...boot })).toBe(renderUserData(boot));
  });

  it("stays below EC2's limit of 16 KB, with the longest names there are", () => {
    const hostname = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`;
    const longest = {
      hostname,
      region: "ap-northeast-1",
      bucket: "b".repeat(63),
      bundleKey: `hosts/${hostname}/bundle.json`,
      statusKey: `hosts/${hostname}/status.json`,
    };
    expect(Buffer.byteLength(renderUserData(longest))).toBeLessThan(16 * 1024);
  });

  it("brings files of the agent exactly as the bundle has them, so that applying it changes nothing", () => {
    const agent = partOf(render(), "agent").files;
    const brought = parse(renderUserData(boot)).write_files.filter(
      ({ path }) => !path.endsWith("/boot.json"),
    );
    expect(brought.map(({ path }) => path)).toEqual([
      "/usr/local/lib/mailserver/agent/boot.py",
      "/usr/local/lib/mailserver/agent/cloud.py",
      "/etc/systemd/system/mailserver-agent.service",
    ]);
    for (const { path, permissions, content } of brought) {
      expect(agent).toContainEqual({ path, mode: permissions, content, owner: "root:root" });
    }
  });
});

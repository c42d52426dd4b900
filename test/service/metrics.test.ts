import { describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { metrics, parseMetrics } from "./support/metrics";
import { promtool } from "./support/promtool";
import { local } from "./support/server";
import { people } from "./support/stack";

const url = "https://mx1.example.test:9443/metrics";
const received = 'mailserver_messages_received_total{origin="internet"}';
type Metrics = ReadonlyMap<string, number>;
const grown = (before: Metrics, after: Metrics, name: string) =>
  (after.get(name) ?? 0) - (before.get(name) ?? 0);

describe("the host's metrics", () => {
  it("are what Prometheus's own judge finds nothing wrong with", async () => {
    const { stdout } = await local.on("mx1", ["curl", "-sS", "--fail", "http://127.0.0.1:9154/metrics"]);
    expect(await promtool(stdout)).toEqual({ code: 0, said: "" });
  });

  it("count each message once, and each refusal by its reason", async () => {
    const before = await metrics();
    await local.internet(["swaks", "--to", people.bob.user, "--from", "someone@peer.test"]);
    await local.internet(["swaks", "--to", "nobody@example.test", "--from", "someone@peer.test"]);
    const delivered = 'mailserver_deliveries_total{to="mailbox"}';
    const after = await eventually(metrics, (now) => grown(before, now, delivered) > 0);
    expect(grown(before, after, received)).toBe(1);
    expect(grown(before, after, delivered)).toBe(1);
    expect(grown(before, after, 'mailserver_rejections_total{reason="unknown recipient"}')).toBe(1);
  });

  it("count a message that is forwarded once", async () => {
    const before = await metrics();
    await local.internet(["swaks", "--to", "away@example.test", "--from", "someone@peer.test"]);
    const delivered = 'mailserver_deliveries_total{to="internet"}';
    const after = await eventually(metrics, (now) => grown(before, now, delivered) > 0);
    expect(grown(before, after, delivered)).toBe(1);
    expect(grown(before, after, received)).toBe(1);
    expect(grown(before, after, received.replace("internet", "host"))).toBe(0);
  });

  it("tell of queue, certificate, disk, memory and the host's state", async () => {
    const now = await metrics();
    const value = (name: string) => now.get(name) ?? Number.NaN;
    expect(value("mailserver_queue_messages")).toBeGreaterThanOrEqual(0);
    expect(value("mailserver_queue_oldest_seconds")).toBeGreaterThanOrEqual(0);
    const end = value('mailserver_certificate_not_after_seconds{certificate="host"}');
    expect(end).toBeGreaterThan(Date.now() / 1000 + 86_400);
    expect(value('mailserver_disk_free_bytes{disk="data"}')).toBeGreaterThan(1e9);
    expect(value("mailserver_memory_available_bytes")).toBeGreaterThan(1e7);
    expect(value('mailserver_state{state="ready"}')).toBe(1);
    expect(value("mailserver_banned_addresses")).toBeGreaterThanOrEqual(0);
  });

  it("have Dovecot's own beside them", async () => {
    const { stdout } = await local.on("mx1", [
      "curl",
      "-sS",
      "--fail",
      "http://127.0.0.1:9154/metrics/dovecot",
    ]);
    expect(stdout).toMatch(/^dovecot_logins_total \d+$/m);
  });

  it("are read from a declared network by TLS with the host's certificate", async () => {
    const { code, stdout, stderr } = await local.internet(["curl", "-4", "-sS", "--fail", url]);
    expect(code, stderr).toBe(0);
    expect(parseMetrics(stdout).get(received)).toBeGreaterThan(0);
  });

  it("are closed to everybody else, and without TLS to all", async () => {
    // The same stranger by IPv6, which is in no declared network.
    const other = await local.internet(["curl", "-6", "-sS", "--max-time", "4", url]);
    expect(other.code, other.stdout).toBe(28);
    const plain = await local.internet(["curl", "-4", "-sS", "--fail", url.replace("https", "http")]);
    expect(plain.code).not.toBe(0);
    const loopback = await local.internet([
      "curl",
      "-4",
      "-sS",
      "--max-time",
      "4",
      "http://mx1.example.test:9154/metrics",
    ]);
    expect(loopback.code, loopback.stdout).toBe(28);
  });
});

import { describe, expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";

const configuration = fileOf(render(), "/etc/redis/redis.conf");

describe("Redis", () => {
  it.each([
    [/^port 0$/m, "no port"],
    [/^unixsocket \/run\/redis\/redis\.sock$/m, "a socket"],
    [/^unixsocketperm 660$/m, "for its group"],
    [/^maxmemory 64mb$/m, "memory has an end"],
    [/^maxmemory-policy volatile-lru$/m, "what expires goes first"],
    [/^save /m, "what is written down"],
  ])("has %s: %s", (line) => {
    expect(configuration).toMatch(line);
  });

  it("keeps its data on the volume, where Debian's unit does not let it write", () => {
    const dropIn = fileOf(render(), "/etc/systemd/system/redis-server.service.d/mailserver.conf");
    expect(dropIn).toMatch(
      /^\[Service\]\nWorkingDirectory=\/srv\/mailserver\/redis\nReadWritePaths=\/srv\/mailserver\/redis$/m,
    );
    expect(partOf(render(), "redis").directories).toEqual([
      { path: "/srv/mailserver/redis", mode: "0750", owner: "redis:redis" },
    ]);
  });

  it("is there before Rspamd, which goes on without it", () => {
    const names = render().parts.map(({ name }) => name);
    expect(names.indexOf("redis")).toBeLessThan(names.indexOf("rspamd"));
    const unit = fileOf(render(), "/etc/systemd/system/rspamd.service.d/mailserver.conf");
    expect(unit).toMatch(/^Wants=redis-server\.service$/m);
    expect(unit).toMatch(/^SupplementaryGroups=_rspamd redis$/m);
  });
});

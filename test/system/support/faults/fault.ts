import type { Records, Site } from "./site";

/** One thing that is wrong with an otherwise good mail server. */
export interface Fault {
  readonly title: string;
  /** The checks that must name it; no other may find anything new. */
  readonly named: readonly string[];
  /** @returns what mends it */
  readonly plant: (site: Site) => Promise<() => Promise<void>>;
}

/** A fault in DNS: record sets as they should not be. */
export function wrongZone(
  title: string,
  named: string | readonly string[],
  changes: Records | ((site: Site) => Records),
): Fault {
  const records = (site: Site) => (typeof changes === "function" ? changes(site) : changes);
  return { title, named: [named].flat(), plant: (site) => site.zone(records(site)) };
}

type Service = "postfix" | "dovecot" | "nginx" | "rspamd";

/** A fault on the host: a script that spoils a program's configuration, which is put back as it was afterwards. */
export function wrongHost(
  title: string,
  named: string | readonly string[],
  service: Service,
  script: string,
): Fault {
  const copy = `/run/before-fault/${service}`;
  const dir = `/etc/${service}`;
  return {
    title,
    named: [named].flat(),
    plant: async (site) => {
      await site.host(`
        mkdir -p /run/before-fault; rm -rf ${copy}; cp -a ${dir} ${copy}
        cd ${dir}
        ${script}
        systemctl restart ${service}`);
      return () =>
        site.host(`
          find ${dir} -mindepth 1 -delete; cp -a ${copy}/. ${dir}
          rm -rf ${copy}
          systemctl restart ${service}`);
    },
  };
}

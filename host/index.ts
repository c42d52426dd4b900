import { renderAgent } from "./agent";
import type { Bundle } from "./bundle";
import { renderClamav } from "./clamav";
import type { HostDeclaration } from "./declaration";
import { renderDmarcReports } from "./dmarc-reports";
import { renderDovecot } from "./dovecot";
import { renderFail2ban } from "./fail2ban";
import { renderLego } from "./lego";
import { renderLetters } from "./letters";
import { renderNftables } from "./nftables";
import { renderNginx } from "./nginx";
import { antivirusPackages, hostPackages } from "./packages";
import { renderPostfix } from "./postfix";
import { renderPostsrsd } from "./postsrsd";
import { renderPurge } from "./purge";
import { renderRedis } from "./redis";
import { renderReports } from "./reports";
import { renderRspamd, rspamdWarmUp } from "./rspamd";
import { renderSendLimits } from "./send-limits";
import { renderSystem } from "./system";
import { renderTlsPolicy } from "./tls-policy";
import { renderTlsReports } from "./tls-reports";
import { renderUnbound } from "./unbound";
import { renderUpkeep } from "./upkeep";
import { renderVolume, volumeDevice } from "./volume";
import { renderWatch } from "./watch";

export { type Addresses, baseOf, givenAliases, mailboxesBehind } from "./addresses";
export { type Bundle, serializeBundle } from "./bundle";
export type {
  AliasDeclaration,
  AppPassword,
  DkimKey,
  DomainDeclaration,
  Greylisting,
  HostDeclaration,
  MailboxDeclaration,
  SendLimits,
  WebDeclaration,
} from "./declaration";
export { hostPackages, optionalHostPackages } from "./packages";
export { type BootDeclaration, renderUserData } from "./user-data";
export { metricsNamespace } from "./watch";

/**
 * Shell commands that compute beforehand what the packages would when first started: for an image that is made once
 * and booted often on the same processor. A host without it takes longer to come up, and is the same.
 */
export const hostWarmUp: string = rspamdWarmUp;

/** Everything the host needs to become what is declared, each program's files rendered by its own folder. */
export function renderBundle(host: HostDeclaration): Bundle {
  const device = volumeDevice(host.dataVolumeId);
  return {
    format: 1,
    hostname: host.hostname,
    packages: host.antivirus ? [...hostPackages, ...antivirusPackages] : hostPackages,
    volume: device,
    parts: [
      renderAgent(),
      renderSystem(host.hostname),
      renderVolume(device, host.dataVolumeGiB),
      renderNftables(host),
      renderUnbound(),
      renderLetters(host),
      renderLego(host),
      renderNginx(host),
      renderRedis(),
      ...(host.antivirus ? [renderClamav(host)] : []),
      renderRspamd(host),
      renderDovecot(host),
      renderPostsrsd(host.hostname),
      renderSendLimits(host),
      renderTlsPolicy(),
      renderTlsReports(host),
      renderDmarcReports(host),
      renderReports(),
      renderPostfix(host),
      renderPurge(host.purgedMailboxes ?? []),
      renderWatch(host),
      renderFail2ban(host.banAllow ?? []),
      renderUpkeep(host.reboot ?? "03:30"),
    ],
  };
}

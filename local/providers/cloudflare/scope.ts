import { createHash } from "node:crypto";
import { accountOfZone, accountZones } from "../../zones";
import type { Cloud } from "../cloud";
import { ServiceError } from "../resource";

/** The cloud as one API token sees it. */
export interface Scope extends Cloud {
  /** The label of the account that the token is of; the default account has none. */
  readonly label?: string;
  /** 32 hexadecimal digits, as an account of the real service has. */
  readonly accountId: string;
  /** Names of the zones that it sees, by their ids. */
  zones(): ReadonlyMap<string, string>;
  /**
   * The name of a zone.
   * @param path what of the zone is asked for, as in the API's addresses
   * @throws as the API answers for a zone that the token can't see
   */
  zone(id: string, path: string): string;
}

/**
 * The zones of the account that a token is of: `local-LABEL-` and anything after it is a token of the account LABEL,
 * every other one, or none, is of the default account.
 */
export function tokenScope(cloud: Cloud, token?: string): Scope {
  return scope(cloud, tokenLabel(token));
}

export function scope(cloud: Cloud, label?: string): Scope {
  const { store, account } = cloud;
  const isOwn = (zone: string) => accountOfZone(store, account, zone) === label;
  const zones = () => new Map([...accountZones(store, account)].filter(([, zone]) => isOwn(zone)));
  return {
    ...cloud,
    label,
    accountId: label === undefined ? defaultId : createHash("md5").update(`account ${label}`).digest("hex"),
    zones,
    zone: (id, path) => {
      const found = accountZones(store, account).get(id);
      if (found !== undefined && isOwn(found)) return found;
      const seen = [...zones()].map(([known, name]) => `${name} (${known})`).join(", ");
      if (found !== undefined)
        throw new ServiceError(
          "10000",
          `Authentication error: the token is not of the account that holds the zone ${id}. It sees ${seen || "no zones"}`,
        );
      throw new ServiceError(
        "7003",
        `Could not route to /zones/${id}/${path}, perhaps your object identifier is invalid? The account has the zones ${seen}`,
      );
    },
  };
}

/** What an account's label may be, so that a token can name it. */
export const accountLabel = /^[a-z][a-z0-9]{0,30}$/;

function tokenLabel(token: string | undefined): string | undefined {
  const [first, label = ""] = token?.split("-") ?? [];
  return first === "local" && accountLabel.test(label) ? label : undefined;
}

const defaultId = "10ca1c10ad10ca1c10ad10ca1c10ad00";

import type { World } from "../support/world";
import type { Zone } from "../support/zone";

/** example.com, with these records at _smtp._tls. */
export function reportWorld(texts: readonly string[], zone: Zone = {}, world: World = {}): World {
  return {
    zone: {
      "example.com MX": ["10 mx.example.com"],
      "mx.example.com A": ["192.0.2.1"],
      "_smtp._tls.example.com TXT": texts,
      ...zone,
    },
    ...world,
  };
}

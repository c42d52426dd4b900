import { type AlarmState, type Datum, evaluate } from "./services/alarms";
import type { Metrics } from "./services/monitoring";
import type { Store } from "./store";

/** The state of every declared alarm. @param metrics what was put there; without machines, nothing is */
export function alarmStates(
  store: Store,
  metrics: Metrics | undefined,
  now: number,
): { name: string; state: AlarmState }[] {
  return store.all("metricAlarm").map(([name, { config, facts }]) => {
    const { namespace = "", metricName = "", dimensions = {} } = config;
    const data =
      namespace === "AWS/EC2"
        ? statusChecks(store, metricName, dimensions.InstanceId ?? "", now)
        : (metrics?.data(namespace, metricName, dimensions) ?? []);
    return { name, state: evaluate(config, data, now, facts.updated) };
  });
}

/** EC2 tells of each running instance once a minute that its status checks pass, and of others nothing. */
function statusChecks(store: Store, metricName: string, instanceId: string, now: number): Datum[] {
  const instance = store.get("instance", instanceId);
  if (!metricName.startsWith("StatusCheckFailed") || !instance || instance.facts.stopped) return [];
  const launched = Date.parse(instance.facts.launched);
  const minutes = Math.min(24 * 60, Math.max(0, Math.floor((now - launched) / 60_000)));
  return Array.from({ length: minutes }, (_, i) => ({ time: now - i * 60_000, value: 0 }));
}

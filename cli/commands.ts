import { daemonLog } from "../local/launch";
import { showVerify } from "./acceptance/verify";
import { flag, noArguments, oneArgument, splitCommand, UsageError } from "./arguments";
import type { Command } from "./command";
import { openDisplay } from "./display";
import { dnsCommands } from "./dns-commands";
import { down } from "./down";
import { foreground } from "./foreground";
import { onInternet, onMachine } from "./inside";
import { openPulumi, stackOutputs } from "./pulumi";
import { openSession } from "./session";
import { awaitHost, start } from "./start";
import { statusText } from "./status";

export const commands: Readonly<Record<string, Command>> = {
  start: {
    synopsis: "start [--no-vm] [--bare]",
    summary: "start the local cloud, apply the stack, try the mail server",
    run: async (args, context) => {
      const [noVm, bare] = flag(args, "no-vm", "bare");
      return start(context, { noVm, bare }, openDisplay(process.stdout));
    },
  },
  status: {
    synopsis: "status [--json]",
    summary: "what runs, where it is, and how to log in",
    run: async (args, context) => {
      const [json] = flag(args, "json");
      const session = await openSession(context);
      const { name, dir } = context;
      console.log(json ? JSON.stringify({ name, dir, ...session.status }) : await statusText(session));
      return 0;
    },
  },
  wait: {
    synopsis: "wait",
    summary: "wait until the host has what was applied last",
    run: async (args, context) => {
      noArguments(args);
      const session = await openSession(context);
      const outputs = await stackOutputs(await openPulumi(session));
      await awaitHost(session, outputs, openDisplay(process.stdout));
      return 0;
    },
  },
  verify: {
    synopsis: "verify [OPTIONS]",
    summary: "ask all that makes mail work and be trusted, as a stranger; verify --help has the options",
    verbatim: true,
    run: async (args, context) => {
      const session = await openSession(context);
      return showVerify(session, await stackOutputs(await openPulumi(session)), args);
    },
  },
  pulumi: {
    synopsis: "pulumi ARGS...",
    summary: "run a Pulumi command against the local cloud",
    verbatim: true,
    run: async (args, context) => (await openPulumi(await openSession(context))).show(args),
  },
  exec: {
    synopsis: "exec internet|MACHINE -- CMD...",
    summary: "run a command as a host on the simulated internet, or as root on a machine",
    verbatim: true,
    run: async (args, context) => {
      const { target, command } = splitCommand(args);
      const session = await openSession(context);
      return foreground(
        target === "internet" && session.status.machines
          ? onInternet(context, command)
          : await onMachine(session, target, command),
      );
    },
  },
  shell: {
    synopsis: "shell MACHINE",
    summary: "open a shell on a machine",
    run: async (args, context) => {
      const machine = oneArgument(args, "MACHINE, for example mx1");
      // A terminal of the machine's own: this one's device does not exist there.
      const shell = ["script", "--quiet", "--return", "--command", "bash --login", "/dev/null"] as const;
      return foreground(await onMachine(await openSession(context), machine, shell));
    },
  },
  logs: {
    synopsis: "logs [MACHINE]",
    summary: "what the local cloud, or a machine, has to say",
    run: async (args, context) => {
      if (args.length === 0) return foreground(["cat", daemonLog(context)]);
      const machine = oneArgument(args, "MACHINE, for example mx1");
      const journal = ["journalctl", "--no-pager", "--boot"] as const;
      return foreground(await onMachine(await openSession(context), machine, journal));
    },
  },
  port25: {
    synopsis: "port25 open|blocked",
    summary: "the account's outbound port 25, which AWS blocks until asked",
    run: async (args, context) => {
      const state = oneArgument(args, '"open" or "blocked"');
      if (state !== "open" && state !== "blocked")
        throw new UsageError(`"${state}" is neither open nor blocked.`);
      await (await openSession(context)).control.setPort25(state);
      console.log(`Outbound port 25 is ${state}.`);
      return 0;
    },
  },
  ...dnsCommands,
  down: {
    synopsis: "down",
    summary: "end and remove everything but the cache",
    run: async (args, context) => {
      noArguments(args);
      await down(context);
      return 0;
    },
  },
};

import type { Check } from "../../check";
import { accountClock } from "./clock";
import { accountDelivery } from "./delivery";
import { accountDkim } from "./dkim";
import { accountDkimStrength } from "./dkim-strength";
import { accountHeaders } from "./headers";
import { accountImap } from "./imap";
import { accountSender } from "./sender";

export const account: readonly Check[] = [
  accountImap,
  accountDelivery,
  accountDkim,
  accountDkimStrength,
  accountHeaders,
  accountSender,
  accountClock,
];

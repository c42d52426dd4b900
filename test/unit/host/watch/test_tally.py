import unittest

from support import line

import tally
from tally import Tally


def seen(*texts: str) -> Tally:
    result = Tally()
    for text in texts:
        result.see(line(text))
    return result


class Messages(unittest.TestCase):
    def test_a_message_from_the_internet_counts_once_it_is_in_the_queue_however_often_it_is_tried(self):
        active = "postfix/qmgr: 8D6F22002D: from=<a@peer.test>, size=700, nrcpt=2 (queue active)"
        counts = seen(
            "postfix/smtpd: 8D6F22002D: client=mail.peer.test[203.0.113.25]",
            active,
            "postfix/lmtp: 8D6F22002D: to=<alice@example.test>, relay=x, dsn=4.2.0, status=deferred (full)",
            active,
            "postfix/lmtp: 8D6F22002D: to=<alice@example.test>, relay=x, dsn=2.0.0, status=sent (250 2.0.0 Saved)",
            "postfix/qmgr: 8D6F22002D: removed",
        )
        self.assertEqual(counts.total.received, {"internet": 1})
        self.assertEqual(counts.total.bytes, {"internet": 700})
        self.assertEqual(counts.total.deferred, {"mailbox": 1})
        self.assertEqual(counts.total.delivered, {"mailbox": 1})
        self.assertEqual(counts.under_way, {})

    def test_what_a_user_sends_is_counted_for_the_user(self):
        counts = seen(
            "postfix/submissions/smtpd: A7C482002F: client=x[2001:db8::1], sasl_method=PLAIN, sasl_username=alice@example.test",
            "postfix/qmgr: A7C482002F: from=<sales@example.test>, size=286, nrcpt=1 (queue active)",
            "postfix/smtp: A7C482002F: to=<b@peer.test>, relay=mx.peer.test[203.0.113.25]:25, dsn=2.0.0, status=sent (250 ok)",
        )
        self.assertEqual(counts.period.senders, {"alice@example.test": 1})
        self.assertEqual(counts.total.senders, {}, "names are kept for as long as a report needs them")
        self.assertEqual(counts.total.delivered, {"internet": 1})

    def test_a_message_that_is_forwarded_counts_once_though_it_comes_to_the_host_again(self):
        counts = seen(
            "postfix/smtpd: 8D6F22002D: client=mail.peer.test[203.0.113.25]",
            "postfix/qmgr: 8D6F22002D: from=<a@peer.test>, size=700, nrcpt=1 (queue active)",
            "postfix/srs/smtpd: connect from localhost[127.0.0.1]",
            "postfix/srs/smtpd: A7C482002F: client=localhost[127.0.0.1], orig_queue_id=8D6F22002D, orig_client=mail.peer.test[203.0.113.25]",
            "postfix/srs/smtp: 8D6F22002D: to=<b@away.test>, orig_to=<away@example.test>, relay=127.0.0.1[127.0.0.1]:10025, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as A7C482002F)",
            "postfix/qmgr: 8D6F22002D: removed",
            "postfix/qmgr: A7C482002F: from=<SRS0=x=y=peer.test=a@mx1.example.test>, size=900, nrcpt=1 (queue active)",
            "postfix/smtp: A7C482002F: to=<b@away.test>, relay=mx.away.test[203.0.113.26]:25, dsn=2.0.0, status=sent (250 ok)",
            "postfix/qmgr: A7C482002F: removed",
        )
        self.assertEqual((counts.total.received, counts.total.bytes), ({"internet": 1}, {"internet": 700}))
        self.assertEqual(counts.total.delivered, {"internet": 1})
        self.assertEqual(counts.under_way, {})

    def test_a_message_that_can_not_be_forwarded_is_not_lost_from_the_numbers(self):
        counts = seen(
            "postfix/srs/smtp: 8D6F22002D: to=<b@away.test>, relay=none, dsn=4.4.1, status=deferred (connect to 127.0.0.1[127.0.0.1]:10025: Connection refused)",
            "postfix/srs/smtpd: NOQUEUE: reject: RCPT from localhost[127.0.0.1]: 550 5.1.1 <b@away.test>: Recipient address rejected: no; from=<a@peer.test>",
            "postfix/srs/smtp: 8D6F22002D: to=<b@away.test>, relay=127.0.0.1[127.0.0.1]:10025, dsn=5.1.1, status=bounced (550 no)",
        )
        self.assertEqual((counts.total.deferred, counts.total.bounced), ({"internet": 1}, {"internet": 1}))
        self.assertEqual(counts.total.rejected, {}, "nobody was refused at the door")

    def test_a_bounce_is_the_host_s_own(self):
        counts = seen(
            "postfix/smtp: A7C482002F: to=<b@gone.test>, relay=none, dsn=5.4.4, status=bounced (Host not found)",
            "postfix/qmgr: 1E17220036: from=<>, size=3143, nrcpt=1 (queue active)",
        )
        self.assertEqual(counts.total.received, {"host": 1})
        self.assertEqual(counts.total.bounced, {"internet": 1})

    def test_what_the_filter_refused_was_never_accepted(self):
        counts = seen(
            "postfix/smtpd: 947192002D: client=x[203.0.113.1]",
            "postfix/cleanup: 947192002D: milter-reject: END-OF-MESSAGE from x[203.0.113.1]: 5.7.1 Gtube pattern; from=<a@peer.test> to=<alice@example.test> proto=ESMTP helo=<vm>",
            "postfix/cleanup: 947192002D: removed (canceled)",
        )
        self.assertEqual((counts.total.received, counts.total.rejected), ({}, {"spam": 1}))
        self.assertEqual(counts.under_way, {})

    def test_a_queue_id_that_is_used_again_is_another_message(self):
        text = [
            "postfix/smtpd: 8D6F22002D: client=x[203.0.113.25]",
            "postfix/qmgr: 8D6F22002D: from=<a@peer.test>, size=1, nrcpt=1 (queue active)",
            "postfix/qmgr: 8D6F22002D: removed",
        ]
        self.assertEqual(seen(*text, *text).total.received, {"internet": 2})


class Refusals(unittest.TestCase):
    def reason(self, words: str) -> str:
        counts = seen(f"postfix/smtpd: NOQUEUE: reject: RCPT from x[203.0.113.1]: {words}")
        [(reason, number)] = counts.total.rejected.items()
        self.assertEqual(number, 1)
        return reason

    def test_are_told_by_reason(self):
        tail = "; from=<a@peer.test> to=<b@example.test> proto=ESMTP helo=<x>"
        for words, reason in [
            ("550 5.1.1 <b@example.test>: Recipient address rejected: User unknown in virtual mailbox table", "unknown recipient"),
            ("554 5.7.1 <b@example.org>: Relay access denied", "relaying"),
            ("553 5.7.1 <m@example.test>: Sender address rejected: not owned by user a@example.test", "sender not owned"),
            ("452 4.2.2 Mailbox is full / Blob quota exceeded", "mailbox full"),
            ("451 4.7.1 Try again later", "greylisted"),
            ("451 4.7.1 The virus scanner is not ready, try again later", "virus scanner not ready"),
            ("5.7.1 Malware found: Win.Trojan.Spam-Blacklisted-1", "malware"),
            ("552 5.3.4 Message size exceeds fixed limit", "too large"),
            ("550 5.9.9 Because of the moon", "other"),
        ]:
            with self.subTest(words):
                self.assertEqual(self.reason(words + tail), reason)

    def test_do_not_take_the_other_side_s_words_for_reasons(self):
        words = "550 5.9.9 <spam-virus@greylist.test>: Because of the moon; from=<relay access denied> to=<quota@example.test>"
        self.assertEqual(self.reason(words), "other")

    def test_a_line_in_an_envelope_address_makes_nothing_up(self):
        counts = seen(
            "postfix/smtpd: 947192002D: client=x[203.0.113.1]",
            'postfix/qmgr: 947192002D: from=<"x>, size=9, nrcpt=1 (queue active)"@peer.test>, size=1, nrcpt=1 (queue active)',
            "evil: 947192002D: removed",
        )
        self.assertEqual(counts.total.bytes, {"internet": 1})
        self.assertIn("947192002D", counts.under_way)


class Logins(unittest.TestCase):
    def test_that_fail_are_counted_by_service(self):
        counts = seen(
            "postfix/submissions/smtpd: warning: x[2001:db8::1]: SASL LOGIN authentication failed: (reason unavailable), sasl_username=a",
            "dovecot: imap-login: Login aborted: Connection closed (auth failed, 3 attempts in 6 secs) (auth_failed): user=<a>, method=PLAIN, rip=1.2.3.4",
            "dovecot: imap-login: Login: user=<alice@example.test>, method=PLAIN, rip=203.0.113.1",
        )
        self.assertEqual(counts.total.failed_logins, {"submission": 1, "imap": 3})
        self.assertEqual(counts.total.logins, {"imap": 1})


class Floods(unittest.TestCase):
    def test_of_queue_ids_and_of_senders_are_bounded(self):
        counts = Tally()
        for number in range(tally.UNDER_WAY_MAX + 10):
            counts.see(line(f"postfix/smtpd: {number:010X}: client=x[203.0.113.1]"))
        self.assertEqual(len(counts.under_way), tally.UNDER_WAY_MAX)
        for number in range(tally.SENDERS_MAX + 10):
            counts._count_sender(f"user{number}@example.test")
        self.assertEqual(len(counts.period.senders), tally.SENDERS_MAX + 1)
        self.assertEqual(counts.period.senders[tally.OTHERS], 10)


class Filter(unittest.TestCase):
    def test_decisions_are_read_from_its_own_summary(self):
        counts = seen(
            "rspamd: (rspamd_proxy) <22e38c>; proxy; rspamd_task_write_log: id: <x@y>, qid: <947192002D>, ip: 2001:db8::1, from: <a@peer.test>, (default: S (reject): [15.00/15.00] [GTUBE(0.00){}]), len: 309",
            "rspamd: (rspamd_proxy) <7972c0>; proxy; rspamd_task_write_log: id: <z@y>, qid: <A>, (default: F (no action): [0.60/15.00] []), len: 252",
        )
        self.assertEqual(counts.total.judged, {"reject": 1, "no action": 1})


if __name__ == "__main__":
    unittest.main()

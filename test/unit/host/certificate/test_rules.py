import unittest

import support  # noqa: F401
import rules

DAY = 24 * 3600


class Renewal(unittest.TestCase):
    def test_is_due_after_two_thirds_of_any_lifetime(self) -> None:
        for days in (7, 45, 90):
            self.assertFalse(rules.is_due(0, days * DAY, days * DAY * 0.66))
            self.assertTrue(rules.is_due(0, days * DAY, days * DAY * 0.67))


class Alarm(unittest.TestCase):
    def test_is_20_days_before_the_end_of_90_and_14_before_the_end_of_45(self) -> None:
        self.assertEqual(rules.alarm_time(0, 90 * DAY), 70 * DAY)
        self.assertEqual(rules.alarm_time(0, 45 * DAY), 31 * DAY)
        self.assertEqual(rules.alarm_time(0, 60 * DAY), 46 * DAY)

    def test_never_comes_before_the_first_attempt_to_renew(self) -> None:
        for days in range(1, 400):
            self.assertGreater(rules.alarm_time(0, days * DAY), days * DAY * rules.RENEW_AFTER)

    def test_leaves_a_certificate_of_a_week_two_days(self) -> None:
        left = 7 * DAY - rules.alarm_time(0, 7 * DAY)
        self.assertTrue(2 * DAY < left < 2.5 * DAY)


class Retry(unittest.TestCase):
    def test_stays_below_five_refusals_an_hour(self) -> None:
        for first in range(1, 12):
            moments, now = [0.0], 0.0
            for failures in range(first, first + 20):
                now += rules.retry_delay("refused", failures)
                moments.append(now)
            for moment in moments:
                self.assertLess(sum(moment <= other < moment + 3600 for other in moments), 5)

    def test_waits_hours_where_the_authority_says_that_it_was_too_much(self) -> None:
        self.assertGreaterEqual(rules.retry_delay("limited", 1), 3600)

    def test_of_what_the_authority_has_not_seen_is_free(self) -> None:
        self.assertEqual(rules.retry_delay("unreachable", 3), 0)


if __name__ == "__main__":
    unittest.main()

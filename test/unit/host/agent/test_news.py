import datetime
import unittest

import support  # noqa: F401
from news import is_news

NOW = 1_800_000_000.0
MINUTE, HOUR = 60, 3600


def said(messages: int = 0, waiting: float = 0, at: float = NOW, **changes) -> dict:
    """@param waiting seconds for which the oldest message has waited, `at` the time"""
    oldest = datetime.datetime.fromtimestamp(at - waiting, datetime.timezone.utc).isoformat(timespec="seconds")
    return {"state": "ready", "queue": {"messages": messages, "oldest": oldest if messages else None}} | changes


class News(unittest.TestCase):
    def after(self, seconds: float, status: dict, before: dict | None = None) -> bool:
        return is_news(status, NOW + seconds, before or said(), NOW)

    def test_is_the_first_status(self) -> None:
        self.assertTrue(is_news(said(), NOW, None, 0))

    def test_is_anything_but_the_queue_at_once(self) -> None:
        self.assertTrue(self.after(0, said(state="failed")))
        self.assertFalse(self.after(HOUR, said()))

    def test_is_a_first_message_and_the_last_ones_leaving_and_a_queue_that_is_not_told(self) -> None:
        some, untold = said(1), said(queue=None)
        for before, status in [(said(), some), (some, said()), (some, untold), (untold, said())]:
            self.assertTrue(self.after(5 * MINUTE, status, before))
            self.assertFalse(self.after(5 * MINUTE - 1, status, before))
        self.assertFalse(self.after(5 * MINUTE, untold, untold))

    def test_is_a_queue_of_ten_times_the_length_and_not_one_message_more(self) -> None:
        self.assertFalse(self.after(5 * MINUTE, said(8), said(7)))
        self.assertTrue(self.after(5 * MINUTE, said(80), said(7)))

    def test_is_each_whole_hour_that_a_message_waits(self) -> None:
        before = said(1, waiting=10 * MINUTE)
        written = [minute for minute in range(180) if self.after(minute * MINUTE, before, before)]
        self.assertEqual(written[0], 50)
        later = NOW + 50 * MINUTE
        self.assertFalse(is_news(before, later + 59 * MINUTE, before, later))
        self.assertTrue(is_news(before, later + 60 * MINUTE, before, later))

    def test_is_not_a_queue_that_comes_and_goes_more_often_than_every_five_minutes(self) -> None:
        before, then, written = said(), NOW, 0
        for minute in range(60):
            status = said(minute % 2, at=NOW + minute * MINUTE)
            if is_news(status, NOW + minute * MINUTE, before, then):
                before, then, written = status, NOW + minute * MINUTE, written + 1
        self.assertLessEqual(written, 12)

    def test_is_that_the_agent_lives_twice_a_day(self) -> None:
        self.assertFalse(self.after(12 * HOUR - 1, said()))
        self.assertTrue(self.after(12 * HOUR, said()))

    def test_is_not_withheld_by_a_clock_that_went_back(self) -> None:
        self.assertTrue(self.after(-365 * 24 * HOUR, said()))


if __name__ == "__main__":
    unittest.main()

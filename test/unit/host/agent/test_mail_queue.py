import tracemalloc
import unittest
from unittest import mock

import support
import mail_queue

MESSAGE = """{"queue_name": "deferred", "queue_id": "4fT", "arrival_time": %d, "message_size": 1, "recipients": []}"""


class Queue(support.Host):
    def listing(self, *arrivals: int, status: int = 0) -> None:
        lines = [MESSAGE % arrival for arrival in arrivals]
        self.program("postqueue", f"import sys\nfor line in {lines}: print(line)\nsys.exit({status})")

    def test_is_told_by_its_length_and_its_oldest_message(self) -> None:
        self.listing(1_800_003_600, 1_800_000_000, 1_800_007_200)
        self.assertEqual(mail_queue.read(), {"messages": 3, "oldest": "2027-01-15T08:00:00+00:00"})

    def test_may_be_empty(self) -> None:
        self.listing()
        self.assertEqual(mail_queue.read(), {"messages": 0, "oldest": None})

    def test_is_not_told_where_postfix_does_not_answer(self) -> None:
        self.listing(1_800_000_000, status=69)
        self.assertIsNone(mail_queue.read())

    def test_is_not_told_before_postfix_is_installed(self) -> None:
        with mock.patch.dict("os.environ", PATH=str(self.home)):
            self.assertIsNone(mail_queue.read())
            self.assertIsNone(mail_queue.MailQueue().look())

    def test_is_not_told_by_another_programs_words(self) -> None:
        for words in ("Mail queue is empty", "[]", "{}", MESSAGE % 10**30):
            self.program("postqueue", f"print({words!r})")
            self.assertIsNone(mail_queue.read())

    def test_that_is_never_told_to_the_end_is_given_up(self) -> None:
        for line in (MESSAGE % 1_800_000_000, "no message"):
            self.program("postqueue", f"import time\nprint({line!r}, flush=True)\ntime.sleep(600)")
            with mock.patch.object(mail_queue, "PATIENCE_SECONDS", 1):
                self.assertIsNone(mail_queue.read())

    def test_of_a_hundred_thousand_messages_takes_no_more_memory_than_one_of_a_few(self) -> None:
        line = MESSAGE % 1_800_000_000
        self.program("postqueue", f"for _ in range(100_000): print({line!r})")
        tracemalloc.start()
        try:
            queue = mail_queue.read()
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        self.assertEqual(queue["messages"], 100_000)
        self.assertLess(peak, 1_000_000)

    def test_is_read_once_a_minute(self) -> None:
        queue = mail_queue.MailQueue()
        with mock.patch("time.monotonic") as clock:
            clock.return_value = 0.0
            self.listing()
            self.assertEqual(queue.look()["messages"], 0)
            self.listing(1_800_000_000)
            clock.return_value = 59.0
            self.assertEqual(queue.look()["messages"], 0)
            clock.return_value = 60.0
            self.assertEqual(queue.look()["messages"], 1)


if __name__ == "__main__":
    unittest.main()

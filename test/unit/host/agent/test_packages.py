import fcntl
import multiprocessing
import unittest

import support
import packages


def hold(path: str, held, release) -> None:
    with open(path, "r+b") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        held.set()
        release.wait()


class Busy(support.Host):
    def setUp(self) -> None:
        super().setUp()
        self.lock = self.home / "lock-frontend"
        former, packages.LOCK = packages.LOCK, str(self.lock)
        self.addCleanup(setattr, packages, "LOCK", former)

    def test_is_not_a_system_without_the_lock_or_with_nobody_holding_it(self) -> None:
        self.assertFalse(packages.busy())
        self.lock.touch()
        self.assertFalse(packages.busy())

    def test_is_one_where_another_program_holds_it_and_asking_does_not_take_it(self) -> None:
        self.lock.touch()
        held, release = multiprocessing.Event(), multiprocessing.Event()
        other = multiprocessing.Process(target=hold, args=(str(self.lock), held, release))
        other.start()
        held.wait(20)
        try:
            self.assertTrue(packages.busy())
            self.assertTrue(packages.busy())
        finally:
            release.set()
            other.join()
        self.assertFalse(packages.busy())


if __name__ == "__main__":
    unittest.main()

"""Answers Postfix whether a user may send another message: a policy server, started by its socket.

usage: main.py         answers until nobody asks any more
       main.py check   says what is wrong with the configuration
"""

import sys

import on_demand
import settings
from ledger import Ledger
from policy import Policy


def main(arguments: list[str]) -> None:
    declared = settings.load()
    if arguments == ["check"]:
        return
    ledger = Ledger(declared.state)
    on_demand.serve(Policy(declared, ledger).converse)
    ledger.close()


if __name__ == "__main__":
    main(sys.argv[1:])

"""Tells Postfix how mail to a domain must be transferred: a socketmap server, started by its socket.

usage: main.py
"""

import on_demand
from policy import converse

if __name__ == "__main__":
    on_demand.serve(converse)

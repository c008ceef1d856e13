"""A second, slow and plain implementation of SEMANTICS.md, written apart from the SQL.

Each module computes one family of public tables from the public `events` in plain
Python, as literally as the rules allow, so that the marts can be held against it.
"""

"""A private PostgreSQL 18 and Valkey 9 from Python wheels, for development, tests and demonstrations.

The first command that needs them starts a keeper (`python -m hafei_crm.embedded`); commands that come later share
it. The keeper starts the two servers as its children, starts them again when they die, and stops them when nobody
uses them any more. Everything here is the standard library only.
"""

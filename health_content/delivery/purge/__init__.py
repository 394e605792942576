"""Shared caches are told what changed: a record in the transaction of the change, requests after it."""

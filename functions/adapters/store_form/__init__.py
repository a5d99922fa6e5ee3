"""Tells what OMBUD_STORE names before anybody opens it: one module a kind of store."""

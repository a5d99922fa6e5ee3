"""Ombud as operators run it: installed, behind proxies, by units, in an image, by the docs."""

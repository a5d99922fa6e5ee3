"""Runs Ombud as operators do: installed, by units and images, by the commands of the docs."""

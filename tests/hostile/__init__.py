"""What a hostile or broken client sends, as tables; `test_hostile*.py` runs every entry."""

"""From an organisation's procedure to its public pages, forms and contract."""

"""The build: turns an organisation's procedure into public pages, forms and a contract."""

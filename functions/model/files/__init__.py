"""Files: by which bytes a type is recognised, and how what is personal is kept from others."""

"""HTTP of the desk: login, lists and cases, for members of staff alone."""

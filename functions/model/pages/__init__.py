"""Pages and mails that the build has rendered, with slots that the functions fill."""

"""Pages and mails as the build left them, with slots that a filing fills."""

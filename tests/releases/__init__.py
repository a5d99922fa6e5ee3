"""What earlier releases stored: it goes on under this one."""

"""What takes long to find, kept beside the compiled code for the next process."""

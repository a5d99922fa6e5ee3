"""Attached files: type detection, uploads and malware scans."""

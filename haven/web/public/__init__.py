"""The public pages: report, come back with a code, leave; no account and no JavaScript needed."""

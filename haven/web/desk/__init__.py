"""The desk: queue, triage, cases."""

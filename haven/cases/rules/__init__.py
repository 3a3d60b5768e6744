"""What may be done about reports and cases, by whom: pure functions, no rows and no clock."""

from haven.policy.register import record

record("1.1", "cases.TriageDecision", "Which policy was in force when each report was decided about")
record("1.1", "cases.Case", "Which policy was in force when each case was opened")
record("3.3.2", "cases.TriageDecision", "Every decision about a report, by whom, on what, and its review")
record("3.3.2", "cases.Finding", "What was perceived, found, recorded by the police, decided by a court, side by side")
record("3.5.1", "cases.Incident", "Every occasion, its strands as perceived, and whom it was aimed at")
record("3.3.1", "cases.CasePerson", "Everybody in a case and their part in it")
record("3.3.3", "cases.Conflict", "Who is locked out of a matter, and why")
record("3.3.3", "cases.CaseAccess", "Who was let into a restricted case by name, and until when")

"""How risk is weighed and judged: pure functions, no rows and no clock."""

from haven.policy.register import record
from haven.risk.rules.judging import (
    Standing,
    may_answer,
    may_be_assessed,
    may_judge,
    may_look_at,
    may_name_who_answered,
)
from haven.risk.rules.scheme import Scheme, scheme
from haven.risk.rules.weighing import (
    Answers,
    Circumstances,
    Reason,
    Weighed,
    answers_of_set,
    explanation,
    points_of,
    urgency_of,
    weigh,
)

record(("3.3.1", "3.3.5"), "risk.Assessment", "How great the danger to each person and household was, and why")
record("3.3.5", "risk.Answer", "Every answer about risk, who gave it, and the non-answers")
record("3.3.5", "risk.Judgement", "Who raised or lowered a band by judgement, and why")
record(("3.4.4", "3.4.5"), "risk.SubjectLook", "What is known of the life of the person responsible, without a score")

__all__ = [
    "Answers",
    "Circumstances",
    "Reason",
    "Scheme",
    "Standing",
    "Weighed",
    "answers_of_set",
    "explanation",
    "may_answer",
    "may_be_assessed",
    "may_judge",
    "may_look_at",
    "may_name_who_answered",
    "points_of",
    "scheme",
    "urgency_of",
    "weigh",
]

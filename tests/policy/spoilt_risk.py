"""One way to spoil the questions about risk for each kind of fault, and what must then be said of it."""

# file, from where on, what is replaced, by what, the words whose line is named, the reason
SPOILT_RISK = {
    "a question in a group that is not there": (
        "risk.toml", 'id = "A1"', 'group = "PATTERN"', 'group = "PATERN"', 'group = "PATERN"',
        "'PATERN' is unknown; risk.toml does not have it",
    ),
    "a question that begins above nothing": (
        "risk.toml", 'id = "B3"', "points = 0", "points = 1", "options = [", "begin at 0 points and rise",
    ),
    "a question whose points fall": (
        "risk.toml", 'id = "A2"', "points = 2", "points = 1", "options = [", "begin at 0 points and rise",
    ),
    "an option twice": (
        "risk.toml", 'id = "A2"', '"MAYBE"', '"NO"', '{ code = "NO", points = 1', "'NO' is there twice",
    ),
    "an option called as what is no answer": (
        "risk.toml", 'id = "A2"', '"MAYBE"', '"DECLINED"', '{ code = "DECLINED"', "stands where there is no answer",
    ),
    "a group that asks nothing": (
        "risk.toml", 'code = "PROTECTION"', 'code = "PROTECTION"',
        'code = "COURAGE"\nlabel = "Courage"\nsource = "x"\nverified = "recommendation"\n\n[[group]]\ncode = "PROTECTION"',
        'code = "COURAGE"', "no question stands in the group 'COURAGE'",
    ),
    "a score band out of order": (
        "risk.toml", "", 'band = "medium"\nat_least = 20', 'band = "critical"\nat_least = 20',
        "# How great", "write the bands standard, medium, high, each once and in this order",
    ),
    "a lowest band that begins too high": (
        "risk.toml", 'band = "standard"', "at_least = 0", "at_least = 1", "at_least = 1", "the lowest band begins at 0",
    ),
    "a score band that begins below the one before": (
        "risk.toml", 'band = "high"', "at_least = 38", "at_least = 20", "at_least = 20", "high must begin above 20",
    ),
    "a score band that nobody can reach": (
        "risk.toml", 'band = "high"', "at_least = 38", "at_least = 81", "at_least = 81", "the most is 80",
    ),
    "hate that may be standard": (
        "risk.toml", "[set]", 'hate_floor = "medium"', 'hate_floor = "standard"', "hate_floor", "never standard",
    ),
    "hate that no answer can name": (
        "risk.toml", "[set]", "hate_from = 3", "hate_from = 4", "hate_from", "B2 never scores 4",
    ),
    "more gaps than anybody can bear": (
        "risk.toml", "[set]", "gaps_allowed = 3", "gaps_allowed = 4", "gaps_allowed", "must be 3 or fewer",
    ),
    "a caseworker who lowers a band alone": (
        "risk.toml", "[set]", '"team_manager", ', '"caseworker", ', "lowered_by", "only managers lower a band",
    ),
    "an override of a question that is not there": (
        "risk.toml", 'code = "SELF_HARM_NOW"', '"D6"', '"D9"', '"D9"', "'D9' is unknown; risk.toml does not have it",
    ),
    "an override that can never hold": (
        "risk.toml", 'code = "SELF_HARM_NOW"', "at_least = 5", "at_least = 6", "answers = [", "D6 never scores 6",
    ),
    "an override that rests on nothing": (
        "risk.toml", 'code = "CAMPAIGN"', 'answers = [{ question = "B4", at_least = 4 }]\n', "",
        '[[override]]\ncode = "CAMPAIGN"', "name answers or circumstances",
    ),
    "an override of a circumstance that is not there": (
        "risk.toml", 'code = "REPEAT_AND_WORSE"', '"REPEAT_VICTIM"', '"REPEATED"', '"REPEATED"',
        "'REPEATED' is unknown; risk.toml does not have it",
    ),
    "an override to the least": (
        "risk.toml", 'code = "CAMPAIGN"', 'band = "high"', 'band = "standard"', 'band = "standard"',
        "standard overrides nothing",
    ),
    "suicide that is not critical": (
        "risk.toml", 'code = "SELF_HARM_NOW"', 'band = "critical"', 'band = "high"', 'band = "high"',
        "SELF_HARM_NOW is always critical",
    ),
    "a circumstance of a kind that is not there": (
        "risk.toml", 'code = "FIRE"', '"ATTEMPTED_ARSON"', '"BONFIRE"', '"BONFIRE"',
        "'BONFIRE' is unknown; incident_types.toml does not have it",
    ),
}  # fmt: skip

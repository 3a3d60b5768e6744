"""One way to spoil the tools for each kind of fault, and what must then be said of it."""

# file, from where on, what is replaced, by what, the words whose line is named, the reason
SPOILT_TOOLS = {
    "a look at proportionality that stays for months": (
        "tools.toml", "[gate]\n", "proportionality_days = 28", "proportionality_days = 60", "proportionality_days = 60",
        "must be 28 or fewer",
    ),
    "a warning that is no letter": (
        "tools.toml", 'code = "FIRST_WARNING"', "letter = true", "letter = false", "letter = false",
        "a warning is a letter that rests on a clause",
    ),
    "a warning that rests on nothing": (
        "tools.toml", 'code = "FIRST_WARNING"', "rests_on_agreement = true", "rests_on_agreement = false", "letter = true",
        "a warning is a letter that rests on a clause",
    ),
    "a warning that counts for no time": (
        "tools.toml", 'code = "FIRST_WARNING"', "live_months = 12", "live_months = 0", "live_months = 0",
        "say for how many months",
    ),
    "a warning that counts for ever": (
        "tools.toml", 'code = "FINAL_WARNING"', "live_months = 12", "live_months = 36", "live_months = 36",
        "must be 24 or fewer",
    ),
    "a final warning among caseworkers": (
        "tools.toml", 'code = "FINAL_WARNING"', '"team_manager"', '"caseworker"', 'approved_by = "caseworker"',
        "a final warning is approved by a manager",
    ),
    "a legal tool among caseworkers": (
        "tools.toml", 'code = "FIRST_WARNING"', "legal = false", "legal = true", 'approved_by = "caseworker"',
        "a legal tool is approved by a manager",
    ),
    "mediation that counts against somebody": (
        "tools.toml", 'code = "MEDIATION"', "live_months = 0", "live_months = 6", 'kind = "voluntary"',
        "counts against nobody",
    ),
    "mediation as the first offer": (
        "tools.toml", 'code = "MEDIATION"', "never_first = true", "never_first = false", 'kind = "voluntary"',
        "never the first or only offer",
    ),
    "mediation where the danger is great": (
        "tools.toml", 'code = "MEDIATION"', '"high", "critical"', '"critical"', 'blocked_bands = ["critical"]',
        "mediation is blocked where hate is perceived and the risk is high or critical",
    ),
    "mediation among caseworkers": (
        "tools.toml", 'code = "MEDIATION"', '"team_manager"', '"caseworker"', 'approved_by = "caseworker"',
        "mediation is approved by a manager",
    ),
}  # fmt: skip

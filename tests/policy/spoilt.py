"""One way to spoil the example pack for each kind of fault, and what must then be said of it."""

from tests.policy.spoilt_risk import SPOILT_RISK
from tests.policy.spoilt_tools import SPOILT_TOOLS

# file, from where on, what is replaced, by what, the words whose line is named, the reason
SPOILT = {
    "an unknown key, with the nearest that is known": (
        "strands.toml", 'code = "AGE"', "national = ", "natonal = ", "natonal = ",
        "unknown key 'natonal'; did you mean 'national'?",
    ),
    "a missing key": (
        "strands.toml", 'code = "AGE"', "national = false\n", "", '[[strand]]\ncode = "AGE"',
        "'national' is missing",
    ),
    "a missing marker of verification": (
        "danger.toml", 'code = "FIRE"', 'verified = "recommendation"\n', "", '[[answer]]\ncode = "FIRE"',
        "'verified' is missing: say 'found', 'unverified' or 'recommendation'",
    ),
    "an unknown marker of verification": (
        "danger.toml", 'code = "FIRE"', 'verified = "recommendation"', 'verified = "probably"',
        'verified = "probably"', "'verified' must be one of found, unverified, recommendation, not 'probably'",
    ),
    "a missing source": (
        "wishes.toml", 'code = "STOP_IT"', 'source = "Haven\'s default"', 'source = " "', 'source = " "',
        "'source' is empty",
    ),
    "a checker with no day of checking": (
        "helplines.toml", 'code = "POLICE"', "verified =", 'verified_by = "A. Officer"\nverified =',
        '[[helpline]]\ncode = "POLICE"', "'verified_by' and 'verified_on' belong together",
    ),
    "text where true or false belongs": (
        "incident_types.toml", 'code = "SPITTING"', "likely_crime = true", 'likely_crime = "yes"',
        'likely_crime = "yes"', "'likely_crime' must be true or false, not 'yes'",
    ),
    "true where a number belongs": (
        "repeat.toml", 'code = "VICTIM_INCIDENTS"', "at_least = 3", "at_least = true", "at_least = true",
        "'at_least' must be a whole number, not True",
    ),
    "a danger that weighs less than a smaller one": (
        "casework.toml", "[workload]", "high = 4", "high = 9", "critical = 8",
        "a greater danger never weighs less than a smaller one",
    ),
    "something else without words": (
        "casework.toml", 'code = "OTHER"', "needs_words = true", "needs_words = false", "needs_words = false",
        "'something else' says nothing without words",
    ),
    "a number that is too small": (
        "repeat.toml", 'code = "VICTIM_INCIDENTS"', "at_least = 3", "at_least = 1", "at_least = 1",
        "'at_least': must be 2 or more, not 1",
    ),
    "a text where a list belongs": (
        "channels.toml", 'code = "EMAIL"', 'clauses = ["3.2.2(c)"]', 'clauses = "3.2.2(c)"',
        'clauses = "3.2.2(c)"', "'clauses' must be a list",
    ),
    "a number where a table belongs": (
        "landlord.toml", "[policy]", "[policy]", "policy = 3\n[policies]", "policy = 3",
        "unknown key 'policy'",
    ),
    "a bad date": (
        "bank_holidays.toml", "day = 2027-05-03", "day = 2027-05-03", 'day = "3 May 2027"',
        'day = "3 May 2027"', "'day' must be a date, not '3 May 2027'",
    ),
    "a moment where a day belongs": (
        "bank_holidays.toml", "day = 2027-05-03", "day = 2027-05-03", "day = 2027-05-03T00:00:00",
        "day = 2027-05-03T00:00:00", "'day' must be a date",
    ),
    "a day that does not exist": (
        "bank_holidays.toml", "day = 2027-05-03", "day = 2027-05-03", "day = 2027-02-30",
        "day = 2027-02-30", "not readable as TOML",
    ),
    "unreadable TOML": (
        "languages.toml", 'tag = "pl"', 'direction = "ltr"', 'direction = "ltr', 'direction = "ltr\n',
        "not readable as TOML",
    ),
    "a code twice": (
        "wishes.toml", 'code = "MOVE"', 'code = "MOVE"', 'code = "REPAIRS"', 'code = "REPAIRS"\nlabel = "Move',
        "'REPAIRS' is there twice; first on line",
    ),
    "a code in small letters": (
        "wishes.toml", 'code = "MOVE"', 'code = "MOVE"', 'code = "move"', 'code = "move"',
        "'code': 'move' is not written like STOP_IT",
    ),
    "an unknown clause": (
        "channels.toml", 'code = "EMAIL"', '"3.2.2(c)"', '"3.2.2(z)"', '"3.2.2(z)"',
        "the policy has no clause '3.2.2(z)'",
    ),
    "an unknown group": (
        "incident_types.toml", 'code = "SPITTING"', 'group = "VIOLENCE"', 'group = "VIOLINS"',
        'group = "VIOLINS"', "'VIOLINS' is unknown; incident_types.toml does not have it",
    ),
    "an unknown helpline in another file": (
        "danger.toml", 'code = "SUICIDAL"', '"SAMARITANS"', '"THE_SAMARITANS"', '"THE_SAMARITANS"',
        "'THE_SAMARITANS' is unknown; helplines.toml does not have it",
    ),
    "an unknown service standard": (
        "needs.toml", 'code = "CLEAN_OFF"', '"graffiti_hate"', '"graffiti"', 'standard = "graffiti"',
        "'graffiti' is unknown; service_standards.toml does not have it",
    ),
    "an unknown language of a translation": (
        "wishes.toml", 'code = "MOVE"', "source =", 'label_in = { xx = "Ailleurs" }\nsource =', "label_in =",
        "'xx' is unknown; languages.toml does not have it",
    ),
    "a translation with no language": (
        "wishes.toml", 'code = "MOVE"', "source =", 'label_in = "Ailleurs"\nsource =', "label_in =",
        "'label_in' must be a table of texts by language",
    ),
    "an unknown band": (
        "danger.toml", 'code = "FIRE"', 'min_band = "critical"', 'min_band = "extreme"', 'min_band = "extreme"',
        "'min_band' must be one of standard, medium, high, critical, not 'extreme'",
    ),
    "an unknown cause": (
        "danger.toml", 'code = "FIRE"', '"fire_referral"', '"fire_brigade"', '"fire_brigade"',
        "must be one of offer_police,",
    ),
    "an unknown clock": (
        "service_standards.toml", 'key = "ack"', '"1 h"', '"1 hour"', '"1 hour"', "'1 hour' is no clock",
    ),
    "a clock that is no text": (
        "service_standards.toml", 'key = "ack"', '"1 h"', "60", "within = [60]", "60 must be text",
    ),
    "a fault deep inside a list of tables": (
        "service_standards.toml", 'key = "first_contact"', '{ band = "high",', '{ bnad = "high",', '{ bnad',
        "unknown key 'bnad'; did you mean 'band'?",
    ),
    "an unknown table": (
        "repeat.toml", "[[rule]]", "[[rule]]", "[[ruel]]", "[[ruel]]", "unknown table 'ruel'",
    ),
    "a single table written as many": (
        "landlord.toml", "[policy]", "[policy]", "[[policy]]", "[[policy]]", "'policy' must be a table",
    ),
    "a table written twice in two ways": (
        "wishes.toml", "", "# What", "wish = []\n# What", "[[wish]]", "not readable as TOML",
    ),
    "a telephone number with letters": (
        "landlord.toml", "[landlord]", "01632 960100", "call us", "call us", "'call us' is not written like",
    ),
    "an address that is not https": (
        "landlord.toml", "[landlord]", "https://www.bbc", "http://www.bbc", "exit_url", "is not written like https://",
    ),
    "leaving to the landlord's own site": (
        "landlord.toml", "[landlord]", "https://www.bbc.co.uk/weather", "https://wrenfold.example/", "exit_url",
        "'exit_url' must lead away",
    ),
    "a landlord with no address": (
        "landlord.toml", "[landlord]", 'address = ["Wrenfold House", "1 Market Row", "Merrowdale", "ZZ1 1ZZ"]',
        "address = []", "address = []", "'address' has no lines",
    ),
    "a policy that is reviewed too late": (
        "landlord.toml", "[policy]", "2029-03-15", "2029-03-17", "review_by", "within three years of it (clause 4.2)",
    ),
    "an office that closes before it opens": (
        "landlord.toml", "[office_hours]", "closes = 17:00:00", "closes = 08:30:00", "closes = 08:30:00",
        "'closes' must be later than 'opens'",
    ),
    "an office day twice": (
        "landlord.toml", "[office_hours]", '"friday"', '"monday"', "days = ", "each once",
    ),
    "an alarm that keeps still in office hours": (
        "landlord.toml", "[alarm]", "office_minutes = 5", "office_minutes = 16", "office_minutes", "from 0 to 15",
    ),
    "an alarm that calls once": (
        "landlord.toml", "[alarm]", "again_minutes = 5", "again_minutes = 0", "again_minutes", "from 1 to 15",
    ),
    "an alarm that never calls a manager": (
        "landlord.toml", "[alarm]", "wider_minutes = 15", "wider_minutes = 45", "wider_minutes", "to 30",
    ),
    "somebody given up after one try": (
        "service_standards.toml", "[failed_contact]", "attempts = 3", "attempts = 1", "attempts", "at least 3",
    ),
    "an area with no team": (
        "landlord.toml", 'name = "Tarnholme team"', 'areas = ["TARNHOLME"]', 'areas = ["MERROWDALE"]',
        'code = "TARNHOLME"\nname = "Tarnholme"', "no team looks after Tarnholme",
    ),
    "a patch outside its team's areas": (
        "landlord.toml", 'code = "EASTMARCH_2"', 'team = "EASTMARCH"', 'team = "MERROWDALE"',
        'team = "MERROWDALE"', "team 'MERROWDALE' does not look after 'EASTMARCH'",
    ),
    "a local strand called national": (
        "strands.toml", 'code = "AGE"', "national = false", "national = true", "national = true",
        "the national five are RACE, RELIGION",
    ),
    "a local strand that counts in NM01": (
        "strands.toml", 'code = "AGE"', "part2 = false", "part2 = true", "counts_for_NM01_part2 = true",
        "the national five count in part 2 of NM01, and no others",
    ),
    "a national strand left out": (
        "strands.toml", 'code = "RACE"', "adopted = true", "adopted = false", "adopted = false",
        "a national strand cannot be left out",
    ),
    "a sub-strand twice": (
        "strands.toml", 'code = "RACE"', '"ANTI_ASIAN"', '"ANTI_BLACK"', '"ANTI_BLACK", label = "Anti-Asian"',
        "'ANTI_BLACK' is there twice",
    ),
    "danger that calls 999 and rings nobody": (
        "danger.toml", 'code = "FIRE"', "alarm = true", "alarm = false", "alarm = false",
        "must ring the alarm too",
    ),
    "an exclusive answer that causes something": (
        "danger.toml", 'code = "NONE"', "exclusive = true", 'exclusive = true\ncauses = ["offer_police"]',
        "exclusive = true", "an exclusive answer names no danger",
    ),
    "a wish that contradicts itself": (
        "wishes.toml", 'code = "NO_CONTACT"', "forbids_contact",
        "wants_contact_with_responsible = true\nforbids_contact",
        '[[wish]]\ncode = "NO_CONTACT"', "cannot both forbid and want",
    ),
    "a name that is shared when nothing is": (
        "permissions.toml", 'code = "NO"', "with_name = false", "with_name = true", "with_name = true",
        "cannot share the name",
    ),
    "sharing without an answer": (
        "permissions.toml", 'code = "NOT_ASKED"', "shares = false", "shares = true", "shares = true",
        "nothing is shared that nobody answered",
    ),
    "a question that cannot be answered with no": (
        "permissions.toml", 'code = "POLICE"', '"NO", "NOT_YET"', '"NOT_ASKED"', "scopes = ",
        "a person must be able to say no (clause 3.3.3)",
    ),
    "a review of a language that is not there": (
        "languages.toml", 'tag = "pl"', "reviewed = false", "reviewed = true", "reviewed = true",
        "what is not shipped cannot have been reviewed",
    ),
    "no English": (
        "languages.toml", 'tag = "en"', "shipped = true\nreviewed = true", "shipped = false\nreviewed = false",
        "shipped = false", "English is always shipped",
    ),
    "a helpline that cannot be reached": (
        "helplines.toml", 'code = "TRUE_VISION"', 'website = "https://www.report-it.org.uk/"\n', "",
        '[[helpline]]\ncode = "TRUE_VISION"', "give a telephone number",
    ),
    "a regime that ends before it begins": (
        "possession_regimes.toml", 'code = "NONSOCIAL', "in_force_from", "in_force_to = 2026-04-30\nin_force_from",
        "in_force_to", "'in_force_to' is before 'in_force_from'",
    ),
    "a bank holiday at a weekend": (
        "bank_holidays.toml", "", "day = 2027-12-27", "day = 2027-12-25", "day = 2027-12-25",
        "2027-12-25 is at a weekend; name the substitute day",
    ),
    "a bank holiday outside the days that are covered": (
        "bank_holidays.toml", "", "last = 2035-12-31", "last = 2035-12-25", "day = 2035-12-26",
        "2035-12-26 is outside the days",
    ),
    "days that end before they begin": (
        "bank_holidays.toml", "", "last = 2035-12-31", "last = 2019-12-31", "last = 2019-12-31",
        "'last' must be after 'first'",
    ),
    "a bank holiday that no rule knows": (
        "bank_holidays.toml", "", "day = 2027-05-31", "day = 2027-06-01", "day = 2027-06-01",
        "2027-06-01 is no bank holiday by rule",
    ),
    "a bank holiday that was forgotten": (
        "bank_holidays.toml", "", "day = 2027-05-31", "day = 2027-06-01", "[coverage]",
        "2027-05-31 (Spring Bank Holiday) is missing",
    ),
    "a promise without words": (
        "service_standards.toml", 'key = "ack"', "promise = ", 'note = "x"\n# promise = ', '[[standard]]\nkey = "ack"',
        "needs its words in 'promise'",
    ),
    "a standard with a band left out": (
        "service_standards.toml", 'key = "interview"', '  { band = "medium", within = ["2 WD"] },\n', "", "limit = [",
        "no limit for medium, in office hours",
    ),
    "a standard with hours left out": (
        "service_standards.toml", 'key = "triage"', '  { out_of_hours = true, within = ["2 h"] },\n', "", "limit = [",
        "no limit for standard, out of hours",
    ),
    "a standard with two limits for one band": (
        "service_standards.toml", 'key = "interview"', '{ band = "high"',
        '{ band = "medium", within = ["1 WD"] },\n  { band = "high"',
        '{ band = "medium", within = ["2 WD"]', "a second limit for the same band and hours",
    ),
    "a limit with no clock": (
        "service_standards.toml", 'key = "ack"', 'within = ["1 h"]', "within = []", "within = []",
        "'within' names no clock",
    ),
    "a standard weaker than the law on emergencies": (
        "service_standards.toml", 'key = "emergency_repair_safe"', '"24 h"', '"1 WD"', 'within = ["1 WD"]',
        "'emergency_repair_safe' may never be later than 24 h",
    ),
    "a first contact weaker than anybody promises": (
        "service_standards.toml", 'key = "first_contact"', '"3 WD"', '"4 WD"', "limit = [",
        "too weak for standard: 'first_contact' may never be later than 3 WD",
    ),
    "greater danger that waits longer": (
        "service_standards.toml", 'key = "first_contact"', '"24 h", "1 WD"', '"24 h"', "limit = [",
        "high may be due later than medium, as for a start on Monday 21 December 21:00",
    ),
    "unassessed danger taken for slight": (
        "service_standards.toml", "[clocks]", '"medium"', '"standard"', "unassessed_band",
        "never less than medium",
    ),
    "a start that nothing records": (
        "service_standards.toml", 'key = "ack"', '"received_at"', '"sunrise"', '"sunrise"',
        "'starts' must be one of received_at,",
    ),
    **SPOILT_RISK,
    **SPOILT_TOOLS,
}  # fmt: skip

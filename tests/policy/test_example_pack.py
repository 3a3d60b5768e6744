"""The pack of the fictional landlord: what DOMAIN asks for is in it, sourced, frozen, and nobody real is named."""

import dataclasses
import re
from collections.abc import Mapping
from datetime import date, time

import pytest

from haven.policy import pack as the_package
from haven.policy.bands import Band
from haven.policy.clauses import CLAUSES
from haven.policy.pack import EXAMPLE, Pack, PackError, configured_folder, load, pack
from haven.policy.pack.keys import Entry

INCIDENT_TYPES = """
VERBAL GESTURE THREAT THREAT_KILL THREAT_ARSON INTIMIDATION HARASSMENT_PATTERN STALKING ASSAULT_NO_INJURY
ASSAULT_INJURY WEAPON SPITTING OBJECTS_THROWN GRAFFITI SYMBOL_STICKER_FLAG OFFENSIVE_LITERATURE OFFENSIVE_ITEM
DAMAGE_PROPERTY DAMAGE_VEHICLE DAMAGE_MOBILITY_AID FORCED_ENTRY ARSON ATTEMPTED_ARSON FIREWORK_LETTERBOX ANIMAL
NOISE_TARGETED ONLINE PHONE_TEXT MALICIOUS_COMPLAINT EXPLOITATION SEXUAL EXCLUSION STAFF_CONDUCT
THIRD_PARTY_LANDLORD EXTREMIST_CAMPAIGN OTHER
""".split()

CHANNELS = {
    "IN_PERSON": "3.2.2(a)", "PHONE": "3.2.2(b)", "PHONE_OOH": "3.2.2(b)", "LETTER": "3.2.2(c)", "EMAIL": "3.2.2(c)",
    "WEB_FORM": "3.2.2(d)", "SOCIAL": "3.2.2(e)", "CST": "3.2.2(f)", "COMMUNITY": "3.2.2(g)",
}  # fmt: skip
FURTHER_CHANNELS = {"POLICE", "TPRC", "HOTLINE", "COMPLAINT", "MP_CLLR", "ASB_CASE", "STAFF_OBS"}

# code: national, adopted
STRANDS = {
    "RACE": (True, True), "RELIGION": (True, True), "SEXUAL_ORIENTATION": (True, True), "DISABILITY": (True, True),
    "TRANSGENDER": (True, True), "SEX": (False, True), "AGE": (False, True), "ALT_SUBCULTURE": (False, True),
    "MARRIAGE_CP": (False, False), "PREGNANCY_MATERNITY": (False, False), "OTHER_HOSTILITY": (False, True),
}  # fmt: skip

# key: what each band allows, critical first, in office hours; the table of DOMAIN 4.2
STANDARDS = {
    "ack": "1 h | 1 h | 1 h | 1 h",
    "triage": "1 h | 1 h | 1 h | 1 h",
    "assign": "2 h | 1 WD | 1 WD | 1 WD",
    "first_contact": "4 h | 24 h + 1 WD | 1 WD | 3 WD",
    "risk_initial": "1 WD | 1 WD | 1 WD | 1 WD",
    "interview": "24 h + 1 WD | 1 WD | 2 WD | 5 WD",
    "police_decision": "1 WD | 1 WD | 1 WD | 1 WD",
    "police_notify": "24 h | 24 h | 24 h | 24 h",
    "safety_plan": "same day + 24 h | 24 h | 5 WD | 10 WD",
    "action_plan": "2 WD | 2 WD | 5 WD | 10 WD",
    "update": "24 h | 5 WD | 10 WD | 10 WD",
    "event_update": "1 WD | 1 WD | 1 WD | 1 WD",
    "emergency_repair_attend": "4 h | 4 h | 4 h | 4 h",
    "emergency_repair_safe": "24 h | 24 h | 24 h | 24 h",
    "emergency_follow_on": "5 WD | 5 WD | 5 WD | 5 WD",
    "graffiti_hate": "24 h | 24 h | 24 h | 24 h",
    "security_small": "1 WD | 1 WD | 1 WD | 1 WD",
    "security_further": "5 WD | 5 WD | 5 WD | 5 WD",
    "security_referral": "1 WD | 1 WD | 1 WD | 1 WD",
    "homeless_referral": "2 h | 2 h | 2 h | 2 h",
    "support_referral": "1 WD | 1 WD | 1 WD | 1 WD",
    "support_referral_chase": "5 WD | 5 WD | 5 WD | 5 WD",
    "support_referral_outcome": "10 WD | 10 WD | 10 WD | 10 WD",
    "safeguarding": "same day | same day | same day | same day",
    "interpreter_present": "2 WD | 2 WD | 2 WD | 2 WD",
    "translation_essential": "2 WD | 2 WD | 2 WD | 2 WD",
    "translation_other": "5 WD | 5 WD | 5 WD | 5 WD",
    "subject_contact": "10 WD | 10 WD | 10 WD | 10 WD",
    "witness_contact": "5 WD | 5 WD | 5 WD | 5 WD",
    "case_review": "5 WD | 10 WD | 20 WD | 20 WD",
    "case_review_longest": "90 d | 90 d | 90 d | 90 d",
    "closure_letter": "2 WD | 2 WD | 2 WD | 2 WD",
    "aftercare": "20 WD | 20 WD | 20 WD | 20 WD",
    "survey": "10 WD | 10 WD | 10 WD | 10 WD",
}
SENT_TO_999 = {"HAPPENING_NOW", "MAY_COME_BACK", "BADLY_HURT", "FIRE", "WEAPON"}
ENTRIES = [pytest.param(entry, id=f"{table} {code}") for table, code, entry in pack().entries()]


@pytest.fixture
def fresh_pack():
    pack.cache_clear()
    yield
    pack.cache_clear()


def test_every_incident_type_of_the_brief_is_there_and_no_other():
    assert sorted(pack().incident_types) == sorted(INCIDENT_TYPES)


@pytest.mark.parametrize(("code", "clause"), CHANNELS.items())
def test_a_way_to_report_carries_out_its_own_clause(code, clause):
    assert clause in pack().channels[code].clauses


def test_practice_knows_more_channels_than_the_policy():
    assert set(pack().channels) == set(CHANNELS) | FURTHER_CHANNELS


@pytest.mark.parametrize(("code", "flags"), STRANDS.items())
def test_a_strand_is_national_and_adopted_as_the_brief_says(code, flags):
    strand = pack().strands[code]
    assert (strand.national, strand.adopted) == flags
    assert strand.counts_for_NM01_part2 is strand.national


def test_no_further_strand_is_there():
    assert list(pack().strands) == list(STRANDS)


@pytest.mark.parametrize(("key", "expected"), STANDARDS.items())
def test_a_service_standard_allows_what_the_brief_says(key, expected):
    standard = pack().standards[key]
    clocks = [standard.within(band=band, out_of_hours=False) for band in reversed(Band)]
    assert " | ".join(" + ".join(str(clock) for clock in each) for each in clocks) == expected


@pytest.mark.parametrize(("code", "answer"), pack().danger.items())
def test_only_danger_now_is_sent_to_999_and_all_of_it_rings(code, answer):
    assert answer.call_999 is (code in SENT_TO_999)
    if answer.call_999:
        assert (answer.alarm, answer.min_band) == (True, Band.CRITICAL)
        assert "EMERGENCY" in answer.helplines


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("HOME_NOT_SECURE", "emergency_repair"),
        ("UNSAFE_TO_STAY", "homeless_referral"),
        ("CHILD_OR_ADULT_AT_RISK", "safeguarding"),
        ("SUICIDAL", "self_harm_help"),
        ("ONLINE_ONLY", "preserve_evidence"),
        ("CRIME_OVER", "offer_police"),
        ("FIRE", "fire_referral"),
    ],
)
def test_an_answer_about_danger_causes_what_the_brief_says(code, cause):
    assert cause in pack().danger[code].causes


@pytest.mark.parametrize("code", ["THREAT_KILL", "THREAT_ARSON", "ARSON", "ATTEMPTED_ARSON", "FIREWORK_LETTERBOX"])
def test_what_overrides_every_score_starts_critical(code):
    assert pack().incident_types[code].default_min_band is Band.CRITICAL


@pytest.mark.parametrize(("code", "kind"), pack().incident_types.items())
def test_whatever_has_to_do_with_fire_asks_about_fire(code, kind):
    assert kind.fire_prompt is (kind.group == "FIRE" or code == "THREAT_ARSON")


@pytest.mark.parametrize(
    ("code", "days", "then"),
    [
        ("CASE_FILE", 2192, "delete"),
        ("REPORT_NO_ACTION", 365, "review"),
        ("DISCLOSURE_LOG", 2557, "delete"),
        ("EQUALITY_ANSWERS", 365, "unlink"),
        ("REJECTED_OR_DUPLICATE", 30, "delete"),
    ],
)
def test_a_record_is_kept_as_long_as_the_brief_says(code, days, then):
    kept = pack().retention[code]
    assert (kept.keep_days, kept.then) == (days, then)


def test_all_questions_for_the_owner_have_a_default():
    assert list(pack().questions) == [f"Q{number}" for number in range(1, 15)]
    assert all(question.default and not question.answer for question in pack().questions.values())


def test_every_possession_regime_of_the_brief_is_there_and_the_coming_one_is_not_selectable():
    regimes = pack().possession_regimes
    assert {code for code, regime in regimes.items() if regime.selectable} == {
        "SOCIAL_ASSURED_OLD", "NONSOCIAL_ASSURED_RRA", "SECURE_1985", "LEASEHOLD", "LICENCE",
    }  # fmt: skip
    assert not regimes["SOCIAL_ASSURED_RRA"].selectable
    assert regimes["NONSOCIAL_ASSURED_RRA"].in_force_from == date(2026, 5, 1)


def test_a_repeat_victim_is_two_reports_in_a_year_or_three_incidents_in_thirty_days():
    rules = [rule for rule in pack().repeat_rules.values() if rule.about == "person_harmed"]
    assert [(rule.at_least, rule.counts, rule.within_days) for rule in rules] == [
        (2, "reports", 365),
        (3, "incidents", 30),
    ]
    assert pack().pattern.occasions == 2


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_names_its_source_and_how_far_it_was_verified(entry: Entry):
    assert entry.source.strip()
    assert entry.verified in ("found", "unverified", "recommendation")


def test_no_entry_can_be_changed():
    for _, _, entry in pack().entries():
        with pytest.raises(dataclasses.FrozenInstanceError):
            entry.source = "Somebody else"


def test_no_table_can_be_changed():
    for declared in dataclasses.fields(Pack):
        value = getattr(pack(), declared.name)
        if isinstance(value, Mapping):
            with pytest.raises(TypeError):
                value["NEW"] = None


def test_a_found_fact_names_where_it_was_found():
    vague = [
        f"{table} {code}"
        for table, code, entry in pack().entries()
        if entry.verified == "found" and entry.source == "Haven's default"
    ]
    assert vague == []


def test_what_nobody_has_checked_is_flagged_for_the_pages():
    flagged = {(table, code) for table, code, entry in pack().unverified()}
    assert ("helplines", "SAMARITANS") in flagged
    assert ("strands", "RACE") not in flagged
    assert all(entry.is_unverified for _, _, entry in pack().unverified())


def test_what_somebody_has_checked_since_is_no_longer_flagged(copied):
    checked = 'verified_by = "Head of service"\nverified_on = 2026-11-20\nverified ='
    copied.change("helplines.toml", "verified =", checked, 'code = "SAMARITANS"')
    found = load(copied.folder).helplines["SAMARITANS"]
    assert (found.verified_by, found.verified_on, found.is_unverified) == ("Head of service", date(2026, 11, 20), False)


def test_the_landlord_and_its_places_are_invented():
    assert pack().landlord.fictional
    assert all(area.invented and area.ons_code.startswith("E99") for area in pack().areas.values())


def test_no_telephone_or_address_of_the_landlord_could_reach_anybody():
    text = (EXAMPLE / "landlord.toml").read_text(encoding="utf-8")
    numbers = re.findall(r'telephone\w* = "([^"]+)"', text)
    assert numbers
    assert all(number.startswith("01632 960") for number in numbers)
    assert all(address.endswith(".example") for address in re.findall(r'email = "([^"]+)"', text))


def test_the_pack_keeps_the_order_of_its_files():
    text = (EXAMPLE / "wishes.toml").read_text(encoding="utf-8")
    assert list(pack().wishes) == re.findall(r'code = "(\w+)"', text)


def test_times_and_dates_are_read_as_such():
    hours = pack().office_hours
    assert (hours.opens, hours.closes) == (time(8, 30), time(17))
    assert pack().policy.review_by == date(2029, 3, 15)


def test_public_words_avoid_those_of_the_trade():
    avoided = re.compile(r"perpetrator|protected characteristic|incident type|case management|submit", re.IGNORECASE)
    tables = {"danger", "strands", "incident_types", "wishes", "needs", "recipients", "permission_scopes"}
    spoken = [entry.label for table, _, entry in pack().entries() if table in tables]
    spoken += [standard.promise for standard in pack().standards.values()]
    assert [words for words in spoken if avoided.search(words)] == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Make it stop"), ("pl", "Niech to ustanie"), ("pl-PL", "Niech to ustanie"), ("ar", "Make it stop")],
)
def test_a_label_is_given_in_the_language_asked_for_or_in_english(copied, language, expected):
    copied.change("wishes.toml", "source =", 'label_in = { pl = "Niech to ustanie" }\nsource =', 'code = "STOP_IT"')
    assert load(copied.folder).wishes["STOP_IT"].label_for(language) == expected


@pytest.mark.parametrize(("language", "expected"), [("pl-PL", "Damy znać."), ("ar", "English words.")])
def test_a_promise_is_given_in_the_language_asked_for_or_in_english(copied, language, expected):
    copied.change("service_standards.toml", "promise = ", 'promise_in = { pl = "Damy znać." }\nx', 'key = "ack"')
    text = copied.text("service_standards.toml")
    copied.write("service_standards.toml", re.sub(r'\nx".*"\n', '\npromise = "English words."\n', text, count=1))
    assert load(copied.folder).standards["ack"].promise_for(language) == expected


def test_a_landlord_may_load_the_text_of_its_own_policy(copied):
    assert load(copied.folder).policy_text == {}
    written = '[[clause]]\nnumber = "3.2.1"\ntext = "Our own words."\nsource = "Our policy"\nverified = "found"\n'
    copied.write("policy_text.toml", written)
    assert load(copied.folder).policy_text["3.2.1"].text == "Our own words."
    copied.write("policy_text.toml", written.replace("3.2.1", "3.2.9"))
    assert copied.faults() == ["policy_text.toml:2: the policy has no clause '3.2.9'"]


def test_the_fingerprint_changes_with_any_file_and_with_nothing_else(copied):
    before = load(copied.folder).fingerprint
    assert before == pack().fingerprint
    copied.write("wishes.toml", copied.text("wishes.toml") + "# a word more\n")
    assert load(copied.folder).fingerprint != before


def test_the_pack_is_read_once(fresh_pack):
    assert pack() is pack()


@pytest.mark.parametrize("named", ["", "  "])
def test_with_nothing_configured_the_example_is_used(monkeypatch, named):
    monkeypatch.setenv("HAVEN_PACK", named)
    assert configured_folder() == EXAMPLE


def test_the_configured_folder_is_used(monkeypatch, copied, fresh_pack):
    copied.change("landlord.toml", "Wrenfold Homes", "Other Homes", "[landlord]")
    monkeypatch.setenv("HAVEN_PACK", str(copied.folder))
    assert pack().landlord.name == "Other Homes"


def test_a_configured_folder_that_cannot_be_used_stops_the_program(monkeypatch, tmp_path, fresh_pack):
    monkeypatch.setenv("HAVEN_PACK", str(tmp_path / "nowhere"))
    with pytest.raises(PackError, match="there is no such folder"):
        the_package.pack()


@pytest.mark.parametrize("band", list(Band))
def test_bands_are_ordered_by_severity(band):
    assert band.or_worse(None) is band
    assert band.or_worse(Band.CRITICAL) is Band.CRITICAL
    assert Band.STANDARD.or_worse(band) is band


def test_every_clause_that_the_pack_names_is_in_the_policy():
    named = {number for _, _, entry in pack().entries() for number in getattr(entry, "clauses", ())}
    assert named
    assert named <= set(CLAUSES)

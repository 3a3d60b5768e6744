"""The validated pack, and which file and table each part of it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import ClassVar, NamedTuple

from haven.policy.pack import (
    tables_casework,
    tables_landlord,
    tables_plan,
    tables_reports,
    tables_risk,
    tables_tools,
    tables_work,
)
from haven.policy.pack.keys import Entry, key


@dataclass(frozen=True, kw_only=True)
class ClauseText(Entry):
    """The landlord's own wording of one clause."""

    KEY: ClassVar[str] = "number"

    number: str = key(is_clause=True)
    text: str


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A landlord's policy pack; every mapping is by code and in the order of its file.

    `fingerprint` is the SHA-256 of the files as they were read, for decisions that must say which pack was in force.
    """

    folder: str
    fingerprint: str
    landlord: tables_landlord.Landlord
    policy: tables_landlord.PolicyVersion
    office_hours: tables_landlord.OfficeHours
    alarm: tables_landlord.AlarmCalls
    areas: Mapping[str, tables_landlord.Area]
    teams: Mapping[str, tables_landlord.Team]
    patches: Mapping[str, tables_landlord.Patch]
    strands: Mapping[str, tables_reports.Strand]
    incident_groups: Mapping[str, tables_reports.IncidentGroup]
    incident_types: Mapping[str, tables_reports.IncidentType]
    channels: Mapping[str, tables_reports.Channel]
    danger: Mapping[str, tables_reports.Danger]
    place_types: Mapping[str, tables_reports.PlaceType]
    reporter_roles: Mapping[str, tables_reports.ReporterRole]
    relations: Mapping[str, tables_reports.Relation]
    responsible_kinds: Mapping[str, tables_reports.ResponsibleKind]
    wishes: Mapping[str, tables_reports.Wish]
    needs: Mapping[str, tables_reports.Need]
    permission_scopes: Mapping[str, tables_reports.PermissionScope]
    recipients: Mapping[str, tables_reports.Recipient]
    clocks: tables_work.Clocks
    failed_contact: tables_work.FailedContact
    standards: Mapping[str, tables_work.Standard]
    coverage: tables_work.Coverage
    bank_holidays: Mapping[str, tables_work.BankHoliday]
    possession_regimes: Mapping[str, tables_work.PossessionRegime]
    languages: Mapping[str, tables_work.Language]
    repeat_rules: Mapping[str, tables_work.RepeatRule]
    pattern: tables_work.Pattern
    risk: tables_risk.RiskSet
    risk_bands: Mapping[str, tables_risk.ScoreBand]
    risk_groups: Mapping[str, tables_risk.RiskGroup]
    risk_questions: Mapping[str, tables_risk.RiskQuestion]
    risk_circumstances: Mapping[str, tables_risk.Circumstance]
    risk_overrides: Mapping[str, tables_risk.Override]
    gate: tables_tools.Gate
    tools: Mapping[str, tables_tools.Tool]
    doubting_words: Mapping[str, tables_tools.DoubtingWord]
    plan_items: Mapping[str, tables_plan.PlanStep]
    workload: tables_casework.Workload
    late_reasons: Mapping[str, tables_casework.LateReason]
    retention: Mapping[str, tables_work.Retention]
    helplines: Mapping[str, tables_work.Helpline]
    questions: Mapping[str, tables_work.OwnerQuestion]
    policy_text: Mapping[str, ClauseText]

    @cached_property
    def days_off(self) -> frozenset[date]:
        """The bank holidays that are kept."""
        return frozenset(each.day for each in self.bank_holidays.values() if each.kept)

    def entries(self) -> Iterator[tuple[str, str, Entry]]:
        """Give every entry with the table it belongs to and its code (empty for tables that hold one entry)."""
        for declared in fields(self):
            value = getattr(self, declared.name)
            if isinstance(value, Entry):
                yield declared.name, "", value
            elif isinstance(value, Mapping):
                yield from ((declared.name, code, entry) for code, entry in value.items())

    def unverified(self) -> tuple[tuple[str, str, Entry], ...]:
        """Return every entry that states something which nobody has checked."""
        return tuple(each for each in self.entries() if each[2].is_unverified)


class Table(NamedTuple):
    """Where one part of the pack stands: file, table, class, and whether it may hold none."""

    attribute: str
    file: str
    table: str
    kind: type[Entry]
    may_be_empty: bool = False

    @property
    def is_single(self) -> bool:
        """Whether the table is one entry, [table], rather than many, [[table]]."""
        return not self.kind.KEY


TABLES = (
    Table("landlord", "landlord.toml", "landlord", tables_landlord.Landlord),
    Table("policy", "landlord.toml", "policy", tables_landlord.PolicyVersion),
    Table("office_hours", "landlord.toml", "office_hours", tables_landlord.OfficeHours),
    Table("alarm", "landlord.toml", "alarm", tables_landlord.AlarmCalls),
    Table("areas", "landlord.toml", "area", tables_landlord.Area),
    Table("teams", "landlord.toml", "team", tables_landlord.Team),
    Table("patches", "landlord.toml", "patch", tables_landlord.Patch),
    Table("strands", "strands.toml", "strand", tables_reports.Strand),
    Table("incident_groups", "incident_types.toml", "group", tables_reports.IncidentGroup),
    Table("incident_types", "incident_types.toml", "incident_type", tables_reports.IncidentType),
    Table("channels", "channels.toml", "channel", tables_reports.Channel),
    Table("danger", "danger.toml", "answer", tables_reports.Danger),
    Table("place_types", "place_types.toml", "place_type", tables_reports.PlaceType),
    Table("reporter_roles", "roles.toml", "reporter_role", tables_reports.ReporterRole),
    Table("relations", "roles.toml", "relation", tables_reports.Relation),
    Table("responsible_kinds", "roles.toml", "responsible_kind", tables_reports.ResponsibleKind),
    Table("wishes", "wishes.toml", "wish", tables_reports.Wish),
    Table("needs", "needs.toml", "need", tables_reports.Need),
    Table("permission_scopes", "permissions.toml", "scope", tables_reports.PermissionScope),
    Table("recipients", "permissions.toml", "recipient", tables_reports.Recipient),
    Table("clocks", "service_standards.toml", "clocks", tables_work.Clocks),
    Table("failed_contact", "service_standards.toml", "failed_contact", tables_work.FailedContact),
    Table("standards", "service_standards.toml", "standard", tables_work.Standard),
    Table("coverage", "bank_holidays.toml", "coverage", tables_work.Coverage),
    Table("bank_holidays", "bank_holidays.toml", "bank_holiday", tables_work.BankHoliday),
    Table("possession_regimes", "possession_regimes.toml", "regime", tables_work.PossessionRegime),
    Table("languages", "languages.toml", "language", tables_work.Language),
    Table("repeat_rules", "repeat.toml", "rule", tables_work.RepeatRule),
    Table("pattern", "repeat.toml", "pattern", tables_work.Pattern),
    Table("risk", "risk.toml", "set", tables_risk.RiskSet),
    Table("risk_bands", "risk.toml", "band", tables_risk.ScoreBand),
    Table("risk_groups", "risk.toml", "group", tables_risk.RiskGroup),
    Table("risk_questions", "risk.toml", "question", tables_risk.RiskQuestion),
    Table("risk_circumstances", "risk.toml", "circumstance", tables_risk.Circumstance),
    Table("risk_overrides", "risk.toml", "override", tables_risk.Override),
    Table("gate", "tools.toml", "gate", tables_tools.Gate),
    Table("tools", "tools.toml", "tool", tables_tools.Tool),
    Table("doubting_words", "tools.toml", "doubting_word", tables_tools.DoubtingWord),
    Table("plan_items", "plan_items.toml", "item", tables_plan.PlanStep),
    Table("workload", "casework.toml", "workload", tables_casework.Workload),
    Table("late_reasons", "casework.toml", "late_reason", tables_casework.LateReason),
    Table("retention", "retention.toml", "record", tables_work.Retention),
    Table("helplines", "helplines.toml", "helpline", tables_work.Helpline),
    Table("questions", "questions_for_owner.toml", "question", tables_work.OwnerQuestion),
    Table("policy_text", "policy_text.toml", "clause", ClauseText, may_be_empty=True),
)

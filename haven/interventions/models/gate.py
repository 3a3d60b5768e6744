"""The gate in the database: what refuses an executed intervention whoever writes it, and however (clause 3.5.2)."""

from __future__ import annotations

import re

import pgtrigger

_ROOT = "(SELECT COALESCE(p.same_as_id, p.id) FROM people_person p WHERE p.id = {row}.person_id)"
_GATE = """
IF NEW.executed_at IS NULL OR (TG_OP = 'UPDATE' AND OLD.executed_at IS NOT NULL) THEN
    RETURN NEW;
END IF;
IF NOT EXISTS (
    SELECT 1 FROM cases_caseperson h WHERE h.case_id = NEW.case_id AND h.part = 'harmed' AND h.until IS NULL
) OR EXISTS (
    SELECT 1 FROM cases_caseperson h WHERE h.case_id = NEW.case_id AND h.part = 'harmed' AND h.until IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM interventions_consultation c WHERE c.intervention_id = NEW.id AND {same:c}
        AND c.at < NEW.executed_at AND c.asked_at < NEW.executed_at)
) THEN
    RAISE EXCEPTION 'haven: 3.5.2: nothing is carried out before every person harmed was consulted about it';
END IF;
IF EXISTS (
    SELECT 1 FROM cases_caseperson h JOIN LATERAL (
        SELECT c.view FROM interventions_consultation c
        WHERE c.intervention_id = NEW.id AND {same:c} ORDER BY c.at DESC, c.id DESC LIMIT 1
    ) last ON last.view = 'against'
    WHERE h.case_id = NEW.case_id AND h.part = 'harmed' AND h.until IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM interventions_againstwishes a WHERE a.intervention_id = NEW.id AND {same:a}
        AND a.at < NEW.executed_at AND a.told_at < NEW.executed_at)
) THEN
    RAISE EXCEPTION 'haven: 3.5.2: going against wishes needs a manager''s reason, and the person told first';
END IF;
IF NOT EXISTS (
    SELECT 1 FROM interventions_riskreview r WHERE r.intervention_id = NEW.id
    AND r.at < NEW.executed_at AND r.in_place_at < NEW.executed_at
) THEN
    RAISE EXCEPTION 'haven: 3.5.2: what the step may do to the person harmed was not reviewed before it';
END IF;
IF EXISTS (
    SELECT 1 FROM cases_caseperson h WHERE h.case_id = NEW.case_id AND h.part = 'harmed' AND h.until IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM risk_assessment k WHERE k.case_id = NEW.case_id AND {same:k}
        AND k.at > NEW.proposed_at AND k.at < NEW.executed_at)
) THEN
    RAISE EXCEPTION 'haven: 3.5.2: the risk of every person harmed is assessed between the proposal and the act';
END IF;
IF NOT EXISTS (
    SELECT 1 FROM interventions_evidencechosen e WHERE e.intervention_id = NEW.id AND e.at < NEW.executed_at
) THEN
    RAISE EXCEPTION 'haven: 3.5.2: no evidence was chosen before it';
END IF;
IF NEW.is_legal AND NOT EXISTS (
    SELECT 1 FROM interventions_proportionality p WHERE p.intervention_id = NEW.id AND p.at < NEW.executed_at
    AND p.at > NEW.executed_at - interval '28 days'
) THEN
    RAISE EXCEPTION 'haven: 3.5.2: equality and proportionality were not looked at within 28 days before it';
END IF;
IF NOT EXISTS (
    SELECT 1 FROM interventions_hearingheld h WHERE h.intervention_id = NEW.id AND h.at < NEW.executed_at
) THEN
    RAISE EXCEPTION 'haven: 3.5.2: the person responsible was not heard before it, nor was said why not';
END IF;
IF NOT EXISTS (
    SELECT 1 FROM interventions_supportconsidered s WHERE s.intervention_id = NEW.id AND s.at < NEW.executed_at
) THEN
    RAISE EXCEPTION 'haven: 3.4.4: no help was offered before it, nor was said why not';
END IF;
IF NEW.rests_on_agreement AND NOT EXISTS (
    SELECT 1 FROM interventions_tenurefound t WHERE t.intervention_id = NEW.id AND t.at < NEW.executed_at
) THEN
    RAISE EXCEPTION 'haven: 3.5.2(a): no agreement was found that it could rest on';
END IF;
IF NEW.has_letter AND (
    SELECT l.text_hash FROM interventions_letter l WHERE l.intervention_id = NEW.id ORDER BY l.number DESC LIMIT 1
) IS DISTINCT FROM NEW.text_hash THEN
    RAISE EXCEPTION 'haven: 3.5.2: what was served is not the letter as it was written last';
END IF;
IF NEW.has_letter AND NOT EXISTS (
    SELECT 1 FROM confidentiality_check c WHERE c.case_id = NEW.case_id AND c.text_hash = NEW.text_hash
    AND c.at < NEW.executed_at AND c.found <= (
        SELECT count(*) FROM confidentiality_clearing k WHERE k.check_id = c.id AND k.at < NEW.executed_at)
) THEN
    RAISE EXCEPTION 'haven: 3.3.3: the identity shield did not pass this very text before it';
END IF;
IF NOT NEW.has_letter AND (
    SELECT count(DISTINCT c.side) FROM interventions_consent c
    WHERE c.intervention_id = NEW.id AND c.agrees AND c.at < NEW.executed_at) < 2
THEN
    RAISE EXCEPTION 'haven: 3.5.2(c): nothing voluntary begins before both sides agreed';
END IF;
IF (
    SELECT a.approves FROM interventions_approval a WHERE a.intervention_id = NEW.id AND a.at < NEW.executed_at
    AND a.text_hash = NEW.text_hash AND a.by_id <> NEW.proposed_by_id
    AND NOT EXISTS (
        SELECT 1 FROM interventions_letter l
        WHERE l.intervention_id = NEW.id AND l.by_id = a.by_id AND l.text_hash = NEW.text_hash)
    ORDER BY a.at DESC, a.id DESC LIMIT 1
) IS NOT TRUE THEN
    RAISE EXCEPTION 'haven: 3.5.2: nobody other than who proposed or wrote it has approved this before it';
END IF;
RETURN NEW;
"""
GATE = re.sub(r"\{same:(\w)\}", lambda row: f"{_ROOT.format(row=row[1])} = {_ROOT.format(row='h')}", _GATE)
"""Records that were confirmed to be one person count as one."""
ONCE = """
IF OLD.executed_at IS NOT NULL AND (
    OLD.executed_at, OLD.executed_by_id, OLD.served_by_id, OLD.served, OLD.text_hash, OLD.live_until)
    IS DISTINCT FROM (NEW.executed_at, NEW.executed_by_id, NEW.served_by_id, NEW.served, NEW.text_hash, NEW.live_until) THEN
    RAISE EXCEPTION 'haven: 3.5.2: what was carried out stays as it was recorded';
END IF;
RETURN NEW;
"""


def gate() -> list[pgtrigger.Trigger]:
    """Refuse an execution for which any condition is missing or later, and any change of one that was recorded."""
    return [
        pgtrigger.Trigger(
            name="common_gate", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=GATE
        ),
        pgtrigger.Trigger(
            name="executed_once",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=ONCE,
        ),
    ]

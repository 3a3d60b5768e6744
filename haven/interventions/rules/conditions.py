"""The conditions of the gate, one guard each: what is missing, by which clause, and what would mend it (DOMAIN.md 6.1).

Every fact must be dated before the act. A condition that a tool does not have is met.
"""

from __future__ import annotations

from haven.confidentiality.rules import may_leave
from haven.interventions.choices import Evidence, Side, View
from haven.interventions.rules.facts import Consulted, Gate, Tenure, Written
from haven.kernel.decision import Decision
from haven.policy.register import guard

CLAUSE = "3.5.2"


def latest_views(gate: Gate) -> dict[int, Consulted]:
    """Return the newest consultation of each person harmed, as far as it is dated before the act."""
    dated = [each for each in gate.consulted if gate.is_before(each.at) and gate.is_before(each.asked_at)]
    return {each.person: each for each in sorted(dated, key=lambda each: each.at)}


@guard(CLAUSE, "a step is taken before every person harmed was asked about this very step")
def is_consulted(gate: Gate) -> Decision:
    """Decide whether each person harmed who is in the case was asked about this step, before it (3.5.2)."""
    if not gate.harmed:
        return Decision.no(
            "Nobody harmed is known in this case, so nobody can be asked.",
            clause=CLAUSE,
            remedy="Only what is aimed at nobody can be done: cleaning, repairs, patrols. Add the person harmed if known.",
        )
    missing = len(gate.harmed - set(latest_views(gate)))
    if missing:
        every = len(gate.harmed)
        who = "The person harmed has" if missing == every == 1 else f"{missing} of {every} people harmed have"
        return Decision.no(
            f"{who} not been asked about this step.",
            clause=CLAUSE,
            remedy="Ask them, and write down their wishes and what they fear.",
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a step is taken against somebody's wishes without a manager's reason, or before they were told")
def are_wishes_followed(gate: Gate) -> Decision:
    """Decide whether the wishes are followed, or a manager answered for going against them first (3.5.2)."""
    against = {person for person, said in latest_views(gate).items() if said.view == View.AGAINST}
    answered = {
        each.person for each in gate.overridden if gate.is_before(each.at) and gate.is_before(each.told_at)
    }
    if against & gate.harmed - answered:
        return Decision.no(
            "A person harmed does not want this step.",
            clause=CLAUSE,
            remedy="Choose another step; or a manager gives the reason and a safety plan, and tells them first.",
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a step is taken before the risk to each person harmed was reviewed, or before they are safe")
def is_risk_reviewed(gate: Gate) -> Decision:
    """Decide whether each person harmed was assessed since the proposal and is safe before the step (3.5.2)."""
    since = {each.person for each in gate.assessed if gate.proposed_at < each.at < gate.at}
    if gate.harmed - since:
        return Decision.no(
            "The risk to each person harmed is assessed again once a step is proposed.",
            clause=CLAUSE,
            remedy="Assess the risk to each person harmed.",
        )
    if gate.reviewed is None or not gate.is_before(gate.reviewed.at):
        return Decision.no(
            "Nobody has looked at what this step may do to the person harmed.",
            clause=CLAUSE,
            remedy="Write down what it may do to them, and what keeps them safe.",
        )
    if not gate.is_before(gate.reviewed.in_place_at):
        return Decision.no(
            "What keeps the person harmed safe is not in place yet.",
            clause=CLAUSE,
            remedy="Put it in place, and write down since when.",
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a step rests on nothing, or on belief alone")
def is_evidenced(gate: Gate) -> Decision:
    """Decide whether evidence was chosen that is enough: belief is enough to record, not to enforce (3.5.2)."""
    chosen = gate.evidence
    if chosen is None or not gate.is_before(chosen.at) or not chosen.kinds:
        return Decision.no(
            "No evidence has been chosen for this step.", clause=CLAUSE, remedy="Choose what it rests on, and why it is enough."
        )
    if chosen.kinds == {Evidence.PERCEPTION} and not gate.tool.is_voluntary:
        return Decision.no(
            "That somebody believes in a reason is enough to record it, and not enough for this step.",
            clause=CLAUSE,
            remedy="Choose evidence of what was done.",
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a step is taken without a fresh look at equality and proportionality where one is needed")
def is_proportionate(gate: Gate) -> Decision:
    """Decide whether a needed look at equality and proportionality is there and fresh (3.5.2, DOMAIN.md 6.5)."""
    if not (gate.tool.is_legal or gate.needs_proportionality):
        return Decision.yes(clause=CLAUSE)
    if gate.weighed is None or not gate.is_before(gate.weighed.at):
        return Decision.no(
            "Equality and proportionality have not been looked at.",
            clause=CLAUSE,
            remedy="Look at them: they are needed for legal steps, and where somebody is or may be vulnerable.",
        )
    if gate.at - gate.weighed.at > gate.tool.proportionality_lasts:
        days = gate.tool.proportionality_lasts.days
        return Decision.no(
            f"The look at equality and proportionality is older than {days} days.",
            clause=CLAUSE,
            remedy="Look at them again, on the facts of today.",
        )
    if not gate.weighed.is_proportionate:
        return Decision.no(
            "The look at equality and proportionality came to the end that this step is not proportionate.",
            clause=CLAUSE,
            remedy="Choose another step. What protects the person harmed goes on.",
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a step is taken before the person responsible was heard, or was said why not")
def is_heard(gate: Gate) -> Decision:
    """Decide whether the person responsible could say their side, or why not is written down (3.5.2)."""
    if gate.heard is None or not gate.is_before(gate.heard.at):
        return Decision.no(
            "The person responsible has not been heard.",
            clause=CLAUSE,
            remedy="Hear them, or write down why that would not be safe.",
        )
    return Decision.yes(clause=CLAUSE)


@guard(("3.4.4", "3.4.5"), "a step is taken without a thought of the help that could change the behaviour")
def is_support_considered(gate: Gate) -> Decision:
    """Decide whether help to change was offered, or why not is written down (3.4.4, 3.4.5)."""
    if not gate.is_before(gate.supported_at):
        return Decision.no(
            "Nobody has offered the person responsible help to change, or said why not.",
            clause="3.4.4",
            remedy="Write down which help was offered, or why none was.",
        )
    return Decision.yes(clause="3.4.4")


@guard("3.5.2(c)", "something voluntary begins before it was screened, or before both sides agreed freely")
def is_agreed(gate: Gate) -> Decision:
    """Decide whether mediation may begin: screened, led by somebody trained in hate, and both agree (3.5.2(c))."""
    if not gate.tool.is_voluntary:
        return Decision.yes(clause="3.5.2(c)")
    screened = gate.screened
    if screened is None or not gate.is_before(screened.at):
        return Decision.no(
            "Nobody has looked whether this could harm somebody.", clause="3.5.2(c)", remedy="Screen it for fear and pressure."
        )
    if screened.dangers:
        return Decision.no(
            "The screening found fear, pressure, violence, a threat or power of one over the other.",
            clause="3.5.2(c)",
            remedy="Do not go on with it. What protects the person harmed goes on.",
        )
    if not screened.is_trained_in_hate:
        return Decision.no(
            "Whoever leads it must be trained in hate.", clause="3.5.2(c)", remedy="Find a mediator who is."
        )
    return _do_both_agree(gate)


def _do_both_agree(gate: Gate) -> Decision:
    dated = sorted((each for each in gate.consents if gate.is_before(each.at)), key=lambda each: each.at)
    latest = {(each.side, each.person): each for each in dated}
    agree = {side for (side, _), each in latest.items() if each.agrees}
    if any(not each.agrees for each in latest.values()):
        return Decision.no(
            "Somebody would rather not take part. That is held against nobody.",
            clause="3.5.2(c)",
            remedy="End it as not taken up, and choose another step.",
        )
    if agree < set(Side):
        return Decision.no(
            "Both sides must agree freely before it begins.", clause="3.5.2(c)", remedy="Ask each of them, apart."
        )
    return Decision.yes(clause="3.5.2(c)")


@guard("3.5.2(a)", "a step rests on an agreement that the household does not have")
def is_tenure_right(gate: Gate) -> Decision:
    """Decide whether the step rests on the tenancy and the agreement that the household really has (3.5.2(a))."""
    if not gate.tool.rests_on_agreement:
        return Decision.yes(clause="3.5.2(a)")
    tenure = gate.tenure
    if tenure is None or not gate.is_before(tenure.at):
        return Decision.no(
            "Nobody has said on which agreement this step rests.",
            clause="3.5.2(a)",
            remedy="Find the tenancy that the person responsible belongs to.",
        )
    return _is_still_theirs(tenure)


def _is_still_theirs(tenure: Tenure) -> Decision:
    if not tenure.is_running:
        return Decision.no(
            "This tenancy has ended.", clause="3.5.2(a)", remedy="Find the tenancy that they belong to now."
        )
    if tenure.agreement != tenure.agreement_now:
        return Decision.no(
            "The household holds another version of the agreement now.", clause="3.5.2(a)", remedy="Find the agreement again."
        )
    if tenure.is_shared_with_harmed:
        return Decision.no(
            "A person harmed lives under this tenancy: a letter to it would reach them, and tell who told.",
            clause="3.3.3",
            remedy="Choose a step that does not go to that home.",
        )
    return Decision.yes(clause="3.5.2(a)")


@guard(("3.5.2(a)", "3.4.3(c)"), "a letter is missing, quotes another agreement, or is in a language that is not read")
def is_letter_written(gate: Gate) -> Decision:
    """Decide whether the letter is there, quotes the right agreement, and can be read (3.5.2(a), 3.4.3(c))."""
    if not gate.tool.has_letter:
        return Decision.yes(clause="3.5.2(a)")
    letter = gate.letter
    if letter is None or not gate.is_before(letter.at):
        return Decision.no("The letter has not been written.", clause="3.5.2(a)", remedy="Write the letter.")
    if not letter.clause_agreements:
        return Decision.no(
            "The letter quotes no clause of the agreement.", clause="3.5.2(a)", remedy="Choose the clauses that were broken."
        )
    if gate.tenure is None or letter.clause_agreements != {gate.tenure.agreement}:
        return Decision.no(
            "The letter quotes clauses of an agreement that this household does not have.",
            clause="3.5.2(a)",
            remedy="Write the letter again: it offers the clauses of the right agreement.",
        )
    return _can_be_read(letter)


def _can_be_read(letter: Written) -> Decision:
    if letter.reads and not letter.is_agreed_language and main_language(letter.reads) != main_language(letter.language):
        return Decision.no(
            "The letter is not in the language that this person reads.",
            clause="3.4.3(c)",
            remedy="Put in the translated text, or write down how they agreed to another language.",
        )
    return Decision.yes(clause="3.4.3(c)")


def main_language(tag: str) -> str:
    """Return a language without its country or script."""
    return tag.split("-")[0].lower()


@guard("3.3.3", "a letter is sent that the identity shield has not passed word for word")
def is_shielded(gate: Gate) -> Decision:
    """Decide whether the shield passed the very text that is sent, before it (3.3.3, DOMAIN.md 7.7)."""
    if not gate.tool.has_letter:
        return Decision.yes(clause="3.3.3")
    shield, letter = gate.shield, gate.letter
    checked = shield if shield is not None and gate.is_before(shield.at) else None
    return may_leave(
        is_checked=checked is not None and letter is not None,
        is_this_text=bool(checked and letter and checked.text_hash == letter.text_hash),
        is_this_shield=bool(checked and checked.is_this_shield),
        open_findings=checked.open_findings if checked else 0,
    )


@guard(CLAUSE, "a step is taken that nobody else approved, at the level that it needs, with this very text")
def is_approved(gate: Gate) -> Decision:
    """Decide whether another person approved the step as it stands, at the level that the tool needs (3.5.2)."""
    approved = gate.approved
    if approved is None or not gate.is_before(approved.at):
        return Decision.no("Nobody has approved this step.", clause=CLAUSE, remedy="Ask for approval.")
    if not approved.approves:
        return Decision.no("This step was sent back.", clause=CLAUSE, remedy="Mend what was asked for, and ask again.")
    writer = gate.letter.by if gate.letter else None
    if approved.by in (gate.proposed_by, writer):
        return Decision.no(
            "Whoever proposed or wrote it cannot approve it.", clause=CLAUSE, remedy="Ask somebody else to look at it."
        )
    if approved.rank < gate.tool.rank:
        return Decision.no("This step needs approval at a higher level.", clause=CLAUSE, remedy="Ask a manager.")
    if approved.text_hash != (gate.letter.text_hash if gate.letter else ""):
        return Decision.no(
            "The text was changed after it was approved.", clause=CLAUSE, remedy="Ask for approval of the text as it is now."
        )
    if any(approved.at < each.at for each in latest_views(gate).values()):
        return Decision.no(
            "A person harmed was asked again after this was approved.",
            clause=CLAUSE,
            remedy="Ask for approval again: who approves it must know what they said.",
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a step is taken before the person harmed was told of it, although telling them is safe")
def is_told_first(gate: Gate) -> Decision:
    """Decide whether each person harmed knows before it happens, or why telling them was not safe (3.5.2)."""
    known = {
        each.person
        for each in gate.told
        if gate.is_before(each.at) and (each.told_at is None or gate.is_before(each.told_at))
    }
    if gate.harmed - known:
        return Decision.no(
            "The person harmed does not know yet that this will happen.",
            clause=CLAUSE,
            remedy="Tell them before it happens, or write down why that would not be safe.",
        )
    return Decision.yes(clause=CLAUSE)

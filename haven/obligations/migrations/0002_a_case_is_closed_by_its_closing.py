"""A case is closed by its closing and by nothing else, and a closing only with the view of everybody harmed (4.4)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION haven_case_closes_by_its_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM obligations_closing found WHERE found.case_id = NEW.id
                    AND found.state IN ('closed', 'brought_over') AND found.decided_at = NEW.closed_at) THEN
        RAISE EXCEPTION 'haven: a case is closed by its closing (policy 3.4.1)';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER haven_case_closes_by_its_closing BEFORE UPDATE OF state ON cases_case
    FOR EACH ROW WHEN (NEW.state = 'closed' AND OLD.state <> 'closed')
    EXECUTE FUNCTION haven_case_closes_by_its_closing();
CREATE FUNCTION haven_closing_has_every_view() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cases_caseperson harmed WHERE harmed.case_id = NEW.case_id AND harmed.part = 'harmed'
                AND harmed.until IS NULL AND NOT EXISTS (
                    SELECT 1 FROM obligations_closingview said WHERE said.case_id = NEW.case_id
                       AND said.person_id = harmed.person_id AND said.at <= NEW.decided_at)) THEN
        RAISE EXCEPTION 'haven: somebody harmed has not said what they think of closing (policy 3.4.1)';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER haven_closing_has_every_view BEFORE INSERT OR UPDATE OF state ON obligations_closing
    FOR EACH ROW WHEN (NEW.state = 'closed') EXECUTE FUNCTION haven_closing_has_every_view();
"""
BACK = """
DROP TRIGGER haven_case_closes_by_its_closing ON cases_case;
DROP FUNCTION haven_case_closes_by_its_closing();
DROP TRIGGER haven_closing_has_every_view ON obligations_closing;
DROP FUNCTION haven_closing_has_every_view();
"""


class Migration(migrations.Migration):
    """Adds the two triggers."""

    dependencies = [("obligations", "0001_initial"), ("cases", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]

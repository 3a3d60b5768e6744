"""Whoever serves people may add to the trail and read it; the right to change or remove is taken away."""

from django.db import migrations

TAKE = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'haven_web') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON trail_entry, trail_checkpoint FROM haven_web;
    REVOKE DELETE, TRUNCATE ON trail_chain FROM haven_web;
  END IF;
END $$
"""
GIVE_BACK = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'haven_web') THEN
    GRANT UPDATE, DELETE ON trail_entry, trail_checkpoint TO haven_web;
    GRANT DELETE ON trail_chain TO haven_web;
  END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunSQL(TAKE, GIVE_BACK)]

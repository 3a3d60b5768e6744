"""Figures with their definitions, each counted from what was recorded (clauses 3.1.2-B, 4.2 and others)."""

from haven.insight.figures import acting, dealing, intervening, reporting
from haven.insight.figures.definitions import FIGURES, Definition, Part, Result, since

__all__ = ["FIGURES", "Definition", "Part", "Result", "acting", "dealing", "intervening", "reporting", "since"]

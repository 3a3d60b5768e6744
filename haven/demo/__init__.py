"""The fictional landlord: homes, people, staff, agencies, reports and cases, from a seed and relative to today."""

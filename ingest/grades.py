"""The grade words of police inspections.

Owns the list; everything else that speaks of grades imports it from here.
Source: HMIC and HMICFRS judgment categories: four tiers until 2019, five ("adequate") from 2021/22.
"""

import re

GRADES = ("outstanding", "good", "adequate", "requires improvement", "inadequate", "ungraded", "not graded")
_LABEL = r"(?:(?:overall |our )?(?:grade|rating|judge?ment)\s*[:–-]\s*)"
_ALONE = re.compile(rf"^{_LABEL}?(?:{'|'.join(GRADES)})$", re.I)
_LABELLED = re.compile(rf"^{_LABEL}(?:{'|'.join(GRADES)})$", re.I)


def is_grade(text: str) -> bool:
    """Whether the text is a grade and nothing else, with or without the word "Grade:" before it."""
    return _ALONE.match(text.strip()) is not None


def is_labelled_grade(text: str) -> bool:
    """Whether the text is a line such as "Grade: Good"."""
    return _LABELLED.match(text.strip()) is not None

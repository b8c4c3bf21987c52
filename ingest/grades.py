"""The grade words of police inspections.

Owns the list; everything else that speaks of grades imports it from here.
Source: HMIC and HMICFRS judgment categories: four tiers until 2019, five ("adequate") from 2021/22.
"""

import re

GRADES = ("outstanding", "good", "adequate", "requires improvement", "inadequate", "ungraded", "not graded")
_ALONE = re.compile(rf"^(?:{'|'.join(GRADES)})$", re.I)


def is_grade(text: str) -> bool:
    """Whether the text is a grade and nothing else."""
    return _ALONE.match(text.strip()) is not None

"""Three invented forces, each inspected twice in nearly the same words: an index in which only names and years tell
documents apart."""

from pathlib import Path

# force -> year -> (preventing crime, investigating crime, rural crime officers, percent of calls lost, chair of board)
FACTS = {
    "Northmoor Police": {
        "2016": ("good", "requires improvement", 14, 31, "Superintendent Ada Fell"),
        "2021/22": ("adequate", "good", 22, 12, "Superintendent Tom Brook"),
    },
    "Eastvale Constabulary": {
        "2016": ("inadequate", "good", 9, 44, "Superintendent Lin Marsh"),
        "2021/22": ("requires improvement", "adequate", 17, 27, "Superintendent Joe Heath"),
    },
    "Southdale Police": {
        "2016": ("outstanding", "adequate", 31, 6, "Superintendent Ivy Stone"),
        "2021/22": ("good", "inadequate", 28, 8, "Superintendent Max Field"),
    },
}
PUBLISHED = {"2016": "8 December 2016", "2021/22": "14 April 2022"}


def says(grade: str) -> str:
    return "requires improvement in" if grade.startswith("req") else f"is {grade} at"


def report(force: str, year: str) -> str:
    preventing, investigating, officers, lost, chair = FACTS[force][year]
    passing = (
        "It shares two vans with Westbrook Police." if force.startswith("North") else "It has two vans of its own."
    )
    return f"""# PEEL {year}: an inspection of {force}

Body inspected: {force}

Inspection period: {year}

Published: {PUBLISHED[year]}

## Preventing crime

{preventing.capitalize()}

{force} {says(preventing)} preventing crime. Neighbourhood officers meet the parish wardens every month, and keep
problem-solving plans on one system.

The rural crime team had {officers} officers at the time of our inspection. {passing}

## Responding to the public

The control room lost {lost} percent of its non-emergency calls before an operator could pick them up.

The demand board, which plans how calls are shared out, is chaired by {chair}.

## Investigating crime

{investigating.capitalize()}

{force} {says(investigating)} investigating crime. Detectives write a plan for each investigation, and supervisors
read it within three days.
"""


def write_three_forces(folder: Path) -> Path:
    """Write the six reports into a new folder and return it."""
    folder.mkdir(parents=True)
    for force, years in FACTS.items():
        for year in years:
            name = f"{force.split()[0].lower()}-{year[:4]}.md"
            (folder / name).write_text(report(force, year), encoding="utf-8")
    return folder

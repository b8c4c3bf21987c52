"""What a scrutiny panel has on Northmoor Police beside the two reports: a later one with a cause of concern, and the
tracker that says what became of it. All invented."""

CONCERN = """# PEEL 2018: an inspection of Northmoor Police

Body inspected: Northmoor Police

Inspection period: 2018

Published: 4 May 2018

## Investigating crime

Inadequate

Northmoor Police is inadequate at investigating crime.

### Cause of concern

Too many burglaries in Northmoor are closed before a detective has read the file.

### Recommendations

Within six months, Northmoor Police should:

- give every burglary to a named detective; and
- tell each victim why an investigation has ended.
"""
TRACKER = """PEEL: Northmoor Police 2018

Cause of concern

Too many burglaries in Northmoor are closed before a detective has read the file.

Northmoor Police should: • give every burglary to a named detective • tell each victim why an investigation has ended

[on]4th May 2018 [status]awaiting-review[/status] [/on] [on]14th June 2018 [status]being-progressed[/status] [/on]

[on]2nd October 2018 [comment]Nine detectives have been hired (recommendation 1).

Victims are told by letter.
"""

"""An invented report on a force's cells, and the tracker entry on what it asked for."""

REPORT = """Northmoor PEEL 2016

Last updated 03/05/2016

Northmoor Police was inspected.

How effective is the force at keeping its cells?

Inadequate

Cause of concern

The force's cells are not safe for those who sleep in them.

Recommendations

The force should immediately take steps to:

• mend every lock in the cells and keep a list of those that were mended;

• train its gaolers to look through the door every quarter of an hour; and

• count its keys in the morning and in the evening of every day.
"""
TRACKER = """PEEL: police effectiveness 2016 – Northmoor Police

Cause of concern

The force's cells are not safe for those who sleep in them.

The force should immediately take steps to: • mend every lock in the cells and keep a list of those that were mended; • train its gaolers to look through the door every quarter of an hour; and • count its keys in the morning and in the evening of every day.

[on]3rd May 2016 [status]awaiting-review[/status][/on][on]9th June 2016 [comment]

The force has bought forty locks.

[/comment][/on][on]1st July 2017 [comment]

They count the keys now (recommendation 3). HMICFRS is yet to assess the locks.

[/comment][/on]
"""

"""Write 40 invented service agreements that differ in little but their parties, and questions that name one of them.

usage: python benchmarks/lookalikes.py DIR

Makes DIR/corpus and DIR/questions.jsonl in the form `python -m eval external` reads. Weights of `index/naming.py` are
chosen on this set, so that none has to be chosen on agreements that somebody else wrote. Every party is made up. Files are
named as people name them: by one party, by its initials, run together, with dates and drafts, or by nothing that helps.
"""

import json
import random
import sys
from pathlib import Path

SEED = 20261122
SUPPLIERS = (
    "Brackenholt Hosting", "Quillmere Data Centres", "Ostley Lake Grid", "Tarnow Facilities", "Vennick and Sons",
    "Harrowsedge Cleaning", "Pellaby Transport", "Northspar Analytics", "Cobbleworth Catering", "Dunmarsh Print Works",
    "Elverstone Security", "Brackenholt Telecare", "Greatmoss Waste", "Hexwell Payroll", "Inverlathe Software",
    "Jesperley Archives", "Kestwick Courier", "Lowdenham Heating", "Mirefield Laundry", "Nettlecombe Energy",
    "Orrisford Water Labs", "Penhallick Lifts", "Quarrelton Grounds", "Rushbeck Interpreters", "Sallowfen Fleet",
    "Thistlecrag Backup", "Pellaby Parking", "Vexford Translation", "Wainstall Storage", "Yarrowgill Networks",
    "Zennorby Mapping", "Aldersyke Training", "Birkhaugh Survey", "Coldstrand Imaging", "Dovrelane Broadband",
    "Esterly Hollow Recruitment", "Farnlock Dental Supplies", "Gristmoor Pest Control", "Hollinbrae Audit", "Ivelbourne Taxis",
)  # fmt: skip
CUSTOMERS = (
    "Marrowby Council", "the University of Stenholm", "Castlewray Housing Trust", "Tidewell Harbour Board", "Umberley Schools",
    "Plashett Hospital Group", "the Royal Ockham Museum", "Lindquarry Parks Authority",
)  # fmt: skip
# Each clause in two wordings, and two questions in other words.
CLAUSES = (
    (("The Supplier shall answer {n} per cent of calls to the help line within thirty seconds.",
      "Calls to the service desk shall be picked up inside thirty seconds in {n} cases of every hundred."),
     ("How quickly must the telephone be answered?", "Is there a target for picking up calls?")),
    (("Personal data shall be erased or handed back within {n} days of the end of this agreement.",
      "On expiry the Supplier returns or destroys all personal data, no later than {n} days afterwards."),
     ("What happens to personal data once the contract is over?", "Must records on people be deleted at the end?")),
    (("Neither party may assign this agreement without the written consent of the other.",
      "The Supplier shall not transfer its rights or duties under this agreement unless the Customer agrees in writing."),
     ("May the contract be passed on to another company?", "Can one side hand its obligations to somebody else?")),
    (("Invoices are payable within {n} days of receipt, after which interest runs at four per cent a year.",
      "The Customer pays each undisputed invoice not later than {n} days after it arrives; late sums bear interest."),
     ("How long does the customer have to settle a bill?", "Are there charges when payment is late?")),
    (("The Supplier keeps insurance against professional negligence of at least {n} million pounds.",
      "Throughout the term the Supplier holds professional indemnity cover of not less than {n} million pounds."),
     ("What insurance must the supplier hold?", "How much cover against negligence is required?")),
    (("Either party may end this agreement on {n} days' notice in writing.",
      "This agreement can be terminated by giving the other side {n} days' written notice, without any reason."),
     ("How much warning is needed to end the contract?", "Can it be cancelled without a reason?")),
    (("The Customer may inspect the Supplier's premises and books once in every {n} months.",
      "Not more than once every {n} months the Customer is entitled to audit how the services are performed."),
     ("Does the customer have a right of audit?", "May the supplier's books be looked at?")),
    (("A sub-contractor may be used only after the Customer has approved it by name.",
      "The Supplier does not engage sub-contractors whom the Customer has not approved beforehand."),
     ("Is it allowed to bring in other firms for part of the work?", "Who must agree to a sub-contractor?")),
    (("Staff on site shall have passed a criminal record check not older than {n} months.",
      "Nobody works at the Customer's sites without a criminal record check made within the last {n} months."),
     ("Do workers need vetting before they come on site?", "How recent must a background check be?")),
    (("Where availability falls below {n} per cent in a month, one tenth of that month's fee is credited.",
      "The Customer receives a credit of a tenth of the monthly fee for any month with availability under {n} per cent."),
     ("What compensation is due when the service is down too much?", "Is there a credit for poor availability?")),
    (("Disputes go first to the two contract managers, and after {n} days to a mediator.",
      "A disagreement that contract managers cannot settle in {n} days is referred to mediation."),
     ("How are disagreements to be settled?", "When does a mediator come in?")),
    (("This agreement is governed by the law of England and Wales.",
      "The courts of England and Wales decide on this agreement under their own law."),
     ("Which country's law applies?", "Where would a case be heard?")),
    (("Security incidents shall be reported to the Customer within {n} hours of discovery.",
      "The Supplier tells the Customer of any breach of security not later than {n} hours after noticing it."),
     ("How soon must a breach be notified?", "Does the customer have to be told about hacking?")),
    (("The Supplier reviews the services with the Customer every {n} weeks and keeps minutes.",
      "Review meetings take place at least once in {n} weeks, and the Supplier writes them up."),
     ("How often do the parties meet to look at performance?", "Are minutes of meetings kept?")),
)  # fmt: skip
OPENINGS = (
    "This agreement is made on the {day} of May {year} between {supplier} Limited (the Supplier) and {customer} (the Customer).",
    "{customer} (the Customer) and {supplier} plc, a company registered in England (the Supplier), agree as follows.",
    "Parties: (1) {supplier} Ltd, in what follows the Supplier; (2) {customer}, in what follows the Customer.",
)
TITLES = ("SERVICE LEVEL AGREEMENT", "Service Agreement", "AGREEMENT FOR SERVICES", "Service Level Agreement")


def initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def file_name(place: int, supplier: str, customer: str, year: int) -> str:
    """Six habits of naming a file, in turn."""
    first = supplier.split(maxsplit=1)[0].lower()
    return (
        f"{'-'.join(supplier.lower().split())}-service-level-agreement",
        f"{first}sla{year}",
        f"final-v{place % 4}-{first}-services-12-3-{year % 100}",
        f"{initials(supplier).lower()}-{initials(customer).lower()}-sla-template",
        f"{place:02d}-service-agreement-{'-'.join(customer.lower().replace('the ', '').split())}-{first}",
        f"contract-{1000 + 37 * place}",
    )[place % 6]


def namings(place: int, supplier: str, customer: str) -> tuple[str, ...]:
    """Ways to say which agreement is meant; initials only where the file bears them."""
    first, short = supplier.split(maxsplit=1)[0], customer.removeprefix("the ")
    if sum(each.startswith(first) for each in SUPPLIERS) > 1:
        first = supplier  # two of them share it
    ways = [
        f"Consider {first}'s Service Level Agreement; ",
        f"In the agreement between {supplier} and {short}: ",
        f"Looking at the {supplier} contract, ",
        f"under the {first.lower()} agreement, ",
    ]
    return (f"Consider the {initials(supplier)} SLA; ", *ways[1:3]) if place % 6 == 3 else tuple(ways)


def write(folder: Path) -> int:
    """Write the set; the number of its questions."""
    chance = random.Random(SEED)
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    questions = []
    for place, supplier in enumerate(SUPPLIERS):
        customer, year = CUSTOMERS[place % len(CUSTOMERS)], 2011 + place % 9
        name = f"{file_name(place, supplier, customer, year)}.txt"
        said = [wordings[chance.randrange(2)].format(n=chance.randrange(2, 98)) for wordings, _ in CLAUSES]
        chance.shuffle(order := list(range(len(CLAUSES))))
        opening = OPENINGS[place % 3].format(day=f"{place % 27 + 4}th", year=year, supplier=supplier, customer=customer)
        opening = opening[0].upper() + opening[1:]
        body = [f"{number}. {said[each]}" for number, each in enumerate(order, start=1)]
        text = "\n\n".join([TITLES[place % 4], opening, *body, "Signed for the Supplier and for the Customer."])
        (folder / "corpus" / name).write_text(text + "\n", encoding="utf-8")
        for number, each in enumerate(chance.sample(range(len(CLAUSES)), 4)):
            ways = namings(place, supplier, customer)
            asked = CLAUSES[each][1][chance.randrange(2)]
            questions.append(
                {
                    "id": f"alike-{place:02d}-{number}",
                    "question": ways[(place + number) % len(ways)] + asked[0].lower() + asked[1:],
                    "answerable": True,
                    "answer": None,
                    "evidence": [{"doc": name, "quote": said[each]}],
                }
            )
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in questions)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    return len(questions)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(f"{write(Path(sys.argv[1]))} questions")

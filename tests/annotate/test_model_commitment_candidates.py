"""Which words are proposed as acts, form by form: what must be proposed and what must not."""

import pytest

from annotate.test_model_commitment_forms import page
from tocsin.annotate.commitments import read_page

pytestmark = pytest.mark.model


def acts(text: str) -> list[str]:
    """The proposed acts of a page, "not: " before those that are denied, their holder's words in front."""
    out = []
    doc = page(text)
    for reading, _, _ in read_page(doc):
        act, words = reading.candidate, reading.words
        holder = doc.text[words[act.holder.start].start : words[act.holder.end - 1].end] if act.holder else "-"
        action = " … ".join(doc.text[start:end] for start, end in reading.pieces)
        out.append(f"{holder} | {'not: ' if reading.negative else ''}{action}")
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # second verbs of one cue: a second "to", a "not" or a comma sets them apart, a plain "and" does not
        ("Arna agreed to leave the town and to stop the shelling.",
         ["Arna | leave the town", "Arna | stop the shelling"]),
        ("Soldiers will guard the palace but not clear the bridges.",
         ["Soldiers | will guard the palace", "Soldiers | not: not clear the bridges"]),
        ("The drivers will lose the vehicle, and get it back on Monday.",
         ["The drivers | will lose the vehicle", "The drivers | get it back on Monday"]),
        ("Arna agreed not to leave, and, two minutes later, to lift the siege.",
         ["Arna | not: not to leave", "Arna | lift the siege"]),
        ("The miners will guard the shaft and feed the guards.",
         ["The miners | will guard the shaft and feed the guards"]),
        ("Arna will send aid to Velta and to Sokol.", ["Arna | will send aid to Velta and to Sokol"]),
        ("Arna could drop the plan and not say a word.", ["Arna | could drop the plan and not say a word"]),
        # a phrase between a modal and its verb
        ("The party shall without delay accept the assistance of the other.",
         ["The party | shall without delay accept the assistance of the other"]),
        ("The members would within a day expel the envoys.", ["The members | would within a day expel the envoys"]),
        ("A decision would in any case have to pass the Senate.",
         ["A decision | would in any case have to pass the Senate"]),
        ("Velta can at least count the boxes.", []),
        # a verb that is left out
        ("The army had not taken sides and would not.", ["The army | not: would not"]),
        ("The day the convoy leaves, so will the guards.", ["the guards | so will"]),
        ("The mayor said the town never will.", ["the town | not: never will"]),
        # duties in the past, colloquial forms
        ("It was to close its airspace on Monday.", ["It | was to close its airspace on Monday"]),
        ("The aim was to win the vote.", []),
        ("The rebels were to blame for the fire.", []),
        ("The mayor said it's got to give us a warning.", ["it | 's got to give us a warning"]),
        ("The company's gonna put people on half pay.", ["The company | 's gonna put people on half pay"]),
        ("I'd rather close the place than sell it to Arna.", ["I | 'd rather close the place than sell it to Arna"]),
        # whom it is told to, and when, stand between
        ("The residents vowed last night to chain themselves to the vault.",
         ["The residents | chain themselves to the vault"]),
        ("Both have promised their mothers to sit at opposite ends.", ["Both | sit at opposite ends"]),
        ("Velta offered him asylum on Sunday.", ["Velta | asylum on Sunday"]),
        ("Arna proposed a tax to fund its schools.", ["Arna | a tax to fund its schools"]),
        # forms of agreement, votes, offers
        ("Tverna signed a contract, agreeing to take gas from Ushara.", ["Tverna | take gas from Ushara"]),
        ("Arna and Velta agreed to a truce on Sunday.", ["Arna and Velta | a truce on Sunday"]),
        ("Arna and Velta agreed to the letter.", []),
        ("The depot voted to stay at home from Monday.", ["The depot | stay at home from Monday"]),
        ("The Council welcomes the readiness of the Sultan of Harran to receive the envoys.",
         ["the Sultan of Harran | receive the envoys"]),
        ("The mayor repeated his offer of talks on Sunday.", ["his | talks on Sunday"]),
        ("The hotel is proud of its offers of the week.", []),
        # who is let, told, given time
        ("Its rules let it monitor a vote.", ["it | monitor a vote"]),
        ("The guards let him pass.", []),
        ("Trade court tells Meridia to suspend the levy", ["Meridia | suspend the levy"]),
        ("The mayor told them to wait.", []),
        ("The envoys have ten days to leave the country.", ["The envoys | have ten days to leave the country"]),
        ("The board gave Qasvar until Saturday to admit a team.", ["Qasvar | admit a team"]),
        ("The walkers had ten minutes to run.", []),
        ("Sokol proposed that observers go to the border.", ["observers | go to the border"]),
        ("Sokol insisted that his men are ready.", []),
        # headlines
        ("Crisis live: banks to stay shut on Monday", ["banks | to stay shut on Monday"]),
        ("Arna not to attend the talks", ["Arna | not: not to attend the talks"]),
        # what we do, what parties do
        ("For a doctor we open the gate at any hour.", ["we | open the gate at any hour"]),
        ("Each side pays for its own observers.", ["Each side | pays for its own observers"]),
        ("We call on the parties.", []),
        ("The party holds primaries in March.", []),
        # bargains
        ("“No sampling, no aviation parts,” the spokeswoman said.", ["- | not: no aviation parts"]),
        ("There was no money, no food, no water in the city.", []),
        ("No harm was done, no money was lost.", []),
        # what is said beside an act, and within its subject
        ("The yearly talks with Arna, due in May, would be cancelled.",
         ["- | The yearly talks with Arna, due in May, would be cancelled"]),
        ("Helvania will not join, on the ground that it has no fleet.", ["Helvania | not: will not join"]),
        # verbs that the tagger takes for something else
        ("Anyone who pays a listed group risks four years.", ["Anyone | risks four years"]),
        ("The clerk said he needn't come back.", ["he | not: needn't come back"]),
        ("The men need a permit.", []),
        # who it is
        ("Whoever leaves with his hat on his head will keep his hat.", ["Whoever | will keep his hat"]),
        ("Sokol said the limit would be lifted step by step.", ["- | the limit would be lifted step by step"]),
        ("The union said its people would be taken out by rail.", ["- | its people would be taken out by rail"]),
        ("The union said its people would be taken out by the army.",
         ["the army | its people would be taken out by the army"]),
    ],
)  # fmt: skip
def test_acts(text: str, expected: list[str]) -> None:
    assert acts(text) == expected

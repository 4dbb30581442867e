"""Standing: whether what a verb tells came to pass. A plan read as done, or a denial as fact, is the worst error."""

import pytest
from tables import named

from briefer.reading.parsing import parse_sentence
from briefer.reading.standing import Standing, Standings, weaker
from briefer.types import Modality

OCCURRED, ONGOING, ATTEMPTED = Modality.OCCURRED, Modality.ONGOING, Modality.ATTEMPTED
PLANNED, PREDICTED, HYPOTHETICAL = Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL
DENIED = Modality.DENIED


def standing(sentence: str, *lemmas: str) -> Standing:
    clauses = parse_sentence(sentence)[0]
    verb = next(verb for verb in clauses.verbs if verb.lemma in (lemmas or ("capture",)))
    return Standings(clauses).of(verb)


MODALITIES = [
    ("plain", "Rebels captured the town.", OCCURRED),
    ("perfect", "Rebels have captured the town.", OCCURRED),
    ("progressive", "Rebels are capturing the town.", ONGOING),
    ("participle", "Rebels advanced, capturing the town.", OCCURRED),
    ("managed to", "Rebels managed to capture the town.", OCCURRED),
    ("said", "Residents said rebels captured the town.", OCCURRED),
    ("after", "The army left after rebels captured the town.", OCCURRED),
    ("will", "Rebels will capture the town.", PREDICTED),
    ("expected to", "Rebels are expected to capture the town.", PREDICTED),
    ("could", "Rebels could capture the town.", HYPOTHETICAL),
    ("might", "Rebels might capture the town.", HYPOTHETICAL),
    ("if", "If rebels captured the town, the war would end.", HYPOTHETICAL),
    ("unless", "Unless rebels capture the town, they will lose.", HYPOTHETICAL),
    ("plan to", "Rebels plan to capture the town.", PLANNED),
    ("preparing to", "Rebels are preparing to capture the town.", PLANNED),
    ("vowed to", "Rebels vowed to capture the town.", PLANNED),
    ("will need to", "Rebels will need to capture the town.", PLANNED),
    ("want to", "Rebels want to capture the town.", HYPOTHETICAL),
    ("order to", "The general ordered the rebels to capture the town.", PLANNED),
    ("offensive to", "Rebels launched an offensive to capture the town.", PLANNED),
    ("must", "Rebels must capture the town.", PLANNED),
    ("going to", "Rebels are going to capture the town.", PLANNED),
    ("about to", "Rebels are about to capture the town.", PLANNED),
    ("ready to", "Rebels are ready to capture the town.", PLANNED),
    ("tried to", "Rebels tried to capture the town.", ATTEMPTED),
    ("attempt to", "Rebels made an attempt to capture the town.", ATTEMPTED),
    ("denied that", "The army denied that rebels captured the town.", DENIED),
    ("denied having", "The rebels denied having captured the town.", DENIED),
    ("plan inside a report", "Residents said rebels plan to capture the town.", PLANNED),
    ("accused of planning to", "The army accused rebels of planning to capture the town.", PLANNED),
]


@pytest.mark.parametrize(("sentence", "modality"), named(MODALITIES))
def test_a_verb_is_as_real_as_its_weakest_link(sentence: str, modality: Modality) -> None:
    found = standing(sentence)
    assert found.modality is modality
    assert not found.negated


NEGATED = [
    ("not", "Rebels did not capture the town."),
    ("contracted", "Rebels didn't capture the town."),
    ("never", "Rebels never captured the town."),
    ("have not", "Rebels have not captured the town."),
    ("failed to", "Rebels failed to capture the town."),
    ("unable to", "Rebels were unable to capture the town."),
    ("without", "Rebels passed without capturing the town."),
    ("yet to", "Rebels have yet to capture the town."),
    ("prevented from", "The army prevented rebels from capturing the town."),
]


@pytest.mark.parametrize("sentence", named(NEGATED))
def test_what_did_not_happen_is_negated(sentence: str) -> None:
    assert standing(sentence).negated


SPEAKERS = [
    ("own voice", "Rebels captured the town.", ""),
    ("said", "Residents said rebels captured the town.", "residents"),
    ("said that", "The ministry said that rebels captured the town.", "the ministry"),
    ("postposed", "Rebels captured the town, residents said.", "residents"),
    ("inverted", '"Rebels captured the town," said a resident.', "a resident"),
    ("according to in front", "According to residents, rebels captured the town.", "residents"),
    ("according to behind", "Rebels captured the town, according to residents.", "residents"),
    ("claimed to have", "The rebels claimed to have captured the town.", "the rebels"),
    ("denied", "The army denied that rebels captured the town.", "the army"),
    ("told", "A commander told reporters that rebels captured the town.", "a commander"),
]


@pytest.mark.parametrize(("sentence", "who"), named(SPEAKERS))
def test_the_speaker_is_whose_word_it_is(sentence: str, who: str) -> None:
    clauses = parse_sentence(sentence)[0]
    speaker = standing(sentence).speaker
    assert (clauses.words(speaker) if speaker is not None else "") == who


HEARSAY = [
    ("reportedly", "Rebels reportedly captured the town."),
    ("allegedly", "Rebels allegedly captured the town."),
    ("is said to have", "The army is said to have captured the town."),
    ("is reported to have", "The army is reported to have captured the town."),
]


@pytest.mark.parametrize("sentence", named(HEARSAY))
def test_a_report_without_a_name_is_hearsay(sentence: str) -> None:
    found = standing(sentence)
    assert found.hearsay
    assert found.modality is OCCURRED


def test_the_weaker_of_two_does_not_depend_on_their_order() -> None:
    real = [modality for modality in Modality if modality is not Modality.HISTORICAL]
    for one in real:
        for other in real:
            assert weaker(one, other) is weaker(other, one)
            assert weaker(one, OCCURRED) is one

"""Who gets which task: first what is its own kin, then a kin of its own, then from whoever has most left."""

from __future__ import annotations

from brochure.batch.scheduling import TaskQueue
from brochure.batch.tasks import EditionTask
from brochure.l10n.project_editions import EditionName

LANGUAGES = "en fr km en fr km en fr en ar en"
#            0  1  2  3  4  5  6  7  8  9  10; the first is built before anybody waits


def waiting(languages: str) -> TaskQueue:
    return TaskQueue([EditionTask(EditionName("", tag)) for tag in languages.split()])


def taken(tasks: TaskQueue, workers: str) -> list[int]:
    """The places that workers, named by letters, get in this order."""
    return [tasks.take(worker) for worker in workers]


def test_a_kin_stays_with_whoever_has_begun_it() -> None:
    tasks = waiting(LANGUAGES)
    assert taken(tasks, "AABBA") == [1, 4, 2, 5, 7]  # A: French, all of it; B: Khmer, all of it
    assert taken(tasks, "BABBB") == [3, 9, 6, 8, 10]  # B: English; A: Arabic
    assert not tasks


def test_whoever_has_nothing_left_helps_where_most_is_left() -> None:
    tasks = waiting("en en en en en fr fr fr")
    assert taken(tasks, "AB") == [1, 5]
    assert taken(tasks, "C") == [2]  # three are left in English, two in French
    assert taken(tasks, "C") == [3]  # two and two: the first
    assert taken(tasks, "BB") == [6, 7]  # its own
    assert taken(tasks, "C") == [4]
    assert not tasks


def test_what_is_given_back_comes_first_and_to_anybody() -> None:
    tasks = waiting("en fr fr km")
    assert taken(tasks, "A") == [1]
    tasks.put_back(1)
    assert taken(tasks, "B") == [1]
    assert taken(tasks, "AB") == [3, 2]  # A's French went with it
    assert not tasks


def test_one_kin_for_all_is_taken_in_order() -> None:
    tasks = waiting(" ".join(["en"] * 9))
    assert taken(tasks, "ABCABCAB") == [*range(1, 9)]

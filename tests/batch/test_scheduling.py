"""The order of tasks: a worker gets tasks of its group first, then a new group, then tasks of the group with most left."""

from __future__ import annotations

from brochure.batch.scheduling import TaskQueue
from brochure.batch.tasks import EditionTask
from brochure.l10n.project_editions import EditionName

LANGUAGES = "en fr km en fr km en fr en ar en"
# 0  1  2  3  4  5  6  7  8  9  10; the first is built before any worker starts


def waiting(languages: str) -> TaskQueue:
    return TaskQueue([EditionTask(EditionName("", tag)) for tag in languages.split()])


def taken(tasks: TaskQueue, workers: str) -> list[int]:
    """Return the positions of the tasks that workers, named by letters, get in this order."""
    return [tasks.take(worker) for worker in workers]


def test_a_group_stays_with_the_worker_that_has_begun_it() -> None:
    tasks = waiting(LANGUAGES)
    assert taken(tasks, "AABBA") == [1, 4, 2, 5, 7]  # A: all of French; B: all of Khmer
    assert taken(tasks, "BABBB") == [3, 9, 6, 8, 10]  # B: English; A: Arabic
    assert not tasks


def test_a_worker_without_tasks_helps_the_group_with_most_left() -> None:
    tasks = waiting("en en en en en fr fr fr")
    assert taken(tasks, "AB") == [1, 5]
    assert taken(tasks, "C") == [2]  # three tasks are left in English, two in French
    assert taken(tasks, "C") == [3]  # two each: the first group
    assert taken(tasks, "BB") == [6, 7]  # its own group
    assert taken(tasks, "C") == [4]
    assert not tasks


def test_returned_tasks_are_first_and_for_any_worker() -> None:
    tasks = waiting("en fr fr km")
    assert taken(tasks, "A") == [1]
    tasks.put_back(1)
    assert taken(tasks, "B") == [1]
    assert taken(tasks, "AB") == [3, 2]  # A's French tasks went with it
    assert not tasks


def test_tasks_of_one_group_are_taken_in_order() -> None:
    tasks = waiting(" ".join(["en"] * 9))
    assert taken(tasks, "ABCABCAB") == [*range(1, 9)]

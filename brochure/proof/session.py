"""The state of a live proof: the project as last read, its editions with their drafts, and what of them is shown.

A draft is text that a translator types in the browser: it is set, but not written. Editions that were shown before a file became
faulty stay as they are, with the findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field, replace
from itertools import count, zip_longest

from brochure.api import lay_out_edition, open_job, prepare_for_press, resolve_loaded
from brochure.build_values import Job, LaidOut
from brochure.edition_checks import check_laid_out
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, file_removed
from brochure.l10n.assets import Assets
from brochure.l10n.edition_layout import load_layout
from brochure.l10n.glossary import Glossary
from brochure.l10n.project_editions import EditionName, list_editions
from brochure.l10n.translations import Translations
from brochure.model.display_list import Page
from brochure.preflight.session import load_profile
from brochure.project import DiskProject
from brochure.proof.turns import TurnLock
from brochure.spec.model import Layout
from brochure.system.cache import MemoryCache
from brochure.translation.text_check import load_glossary

MAX_EDITIONS = 24
"""How many editions stay laid out; others are laid out again when they are shown."""

MAX_DRAFTS = 500
"""How many messages of an edition may have an unsaved text."""


@dataclass(frozen=True)
class OpenEdition:
    """An edition as it is shown.

    Attributes:
        name: Its office and language.
        layout: Its layout, without conditions.
        translations: What its files contain, with the drafts.
        assets: Its images.
        made: The pages, with the findings.
        saved: What its files contain.
        drafts: The unsaved texts, by key.
        versions: A number for each page, which changes with what is on it.
        faults: What is wrong in the files now; if there is any, `made` is what they contained before.
        generation: The state of the files that it was made from.
        glossary: The terms that translations are checked against.
        glossary_faults: Why the glossary cannot be read, if so.
    """

    name: EditionName
    layout: Layout
    translations: Translations
    assets: Assets
    made: LaidOut
    saved: Translations
    drafts: Mapping[str, str] = field(default_factory=dict)
    versions: tuple[int, ...] = ()
    faults: tuple[Finding, ...] = ()
    generation: int = 0
    glossary: Glossary = field(default_factory=lambda: Glossary(""))
    glossary_faults: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """The name in addresses: `office/language`, or the language."""
        return edition_id(self.name)


def edition_id(name: EditionName) -> str:
    """Return the name of an edition in addresses."""
    return f"{name.office}/{name.language}" if name.office else name.language


class ProofSession:
    """A project that is open in a proof. Methods may be called from any thread."""

    def __init__(self, project: DiskProject) -> None:
        """Open the project.

        Raises:
            InputError: The layout has errors.
        """
        self.project = project
        self.generation = 0
        self.faults: tuple[Finding, ...] = ()
        self._lock = TurnLock()
        self._serial = count(1)
        self._editions: MemoryCache[str, OpenEdition] = MemoryCache(MAX_EDITIONS, lambda _: 1)
        self._drafts: dict[str, dict[str, str]] = {}
        self._job = open_job(project)
        self._names = list_editions(project, self._job.layout)

    @property
    def job(self) -> Job:
        """The project as last read without a fault."""
        return self._job

    @property
    def names(self) -> tuple[EditionName, ...]:
        """All editions, in the order of the project."""
        return self._names

    def reload(self) -> tuple[Finding, ...]:
        """Read the project again after files have changed; return what is wrong in the layout, if anything."""
        with self._lock:
            self.generation += 1
            try:
                self._job = open_job(self.project, self._job)
                self._names = list_editions(self.project, self._job.layout)
            except InputError as failure:
                self.faults = failure.findings
            except FileNotFoundError as failure:
                self.faults = (self._removed(failure),)
            else:
                self.faults = ()
            return self.faults

    def find_name(self, wanted: str) -> EditionName:
        """Return the edition with this id; raise UsageError if the project has none."""
        for name in self._names:
            if edition_id(name) == wanted:
                return name
        raise UsageError(f"the project has no edition '{wanted}'")

    def edition(self, wanted: str) -> OpenEdition:
        """Return an edition as of the current files.

        Raises:
            InputError: Its files are faulty, and it was not shown before.
            UsageError: The project has no such edition.
        """
        with self._lock:
            last = self._editions.get(wanted)
            if last and last.generation == self.generation:
                return last
            name = self.find_name(wanted)
            try:
                if self.faults:
                    raise InputError(self.faults)
                current = self._open(name, last)
            except (InputError, FileNotFoundError) as failure:
                if last is None:
                    if isinstance(failure, FileNotFoundError):
                        raise InputError([self._removed(failure)]) from failure
                    raise
                found = (
                    failure.findings
                    if isinstance(failure, InputError)
                    else (self._removed(failure),)
                )
                current = replace(last, faults=found, generation=self.generation)
            self._editions.put(wanted, current)
            return current

    def set_draft(
        self, wanted: str, key: str, text: str | None
    ) -> tuple[OpenEdition, tuple[int, ...]]:
        """Set an edition with the unsaved text of a message (None: without one); return it, and the indices of changed pages.

        Raises:
            InputError: The text cannot be set, for instance since its braces do not match. The draft is not taken.
            UsageError: The edition or message does not exist, or there are too many drafts.
        """
        with self._lock:
            last = self.edition(wanted)
            if key not in last.saved.source.entries:
                raise UsageError(f"the source copy has no message '{key}'")
            drafts = {one: draft for one, draft in last.drafts.items() if one != key}
            if text is not None:
                drafts[key] = text
            if len(drafts) > MAX_DRAFTS:
                raise UsageError("too many unsaved messages; save or discard some")
            current = self._make(replace(last, drafts=drafts), last)
            self._drafts[wanted] = drafts
            self._editions.put(wanted, current)
            changed = zip_longest(last.versions, current.versions)
            return current, tuple(
                at for at, (old, new) in enumerate(changed) if new is not None and old != new
            )

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other thread use the session while the context lasts."""
        with self._lock:
            yield

    def give_way(self) -> None:
        """Let threads that wait for the session go first, between two steps of long work."""
        self._lock.give_way()

    def forget_draft(self, wanted: str, key: str) -> None:
        """Drop the unsaved text of a message, since it was saved."""
        with self._lock:
            self._drafts.get(wanted, {}).pop(key, None)

    def press_pages(self, opened: OpenEdition) -> tuple[Page, ...]:
        """Return the pages of the press build, with transparency flattened if its standard asks for that."""
        with self._lock:
            return prepare_for_press(opened.made, self.project).pages

    def preflight(self, opened: OpenEdition) -> tuple[Finding, ...]:
        """Return the findings of the project's preflight profile that the layout does not have."""
        with self._lock:
            profile = load_profile(self._job.layout, self.project)
            known = set(opened.made.findings)
            found = check_laid_out(opened.made, profile, self.project)
            return tuple(one for one in found if one not in known)

    def _open(self, name: EditionName, last: OpenEdition | None) -> OpenEdition:
        """Read and set an edition; drafts of the last state are kept."""
        translations = Translations.load(
            self.project, self._job.layout, name.language, name.office or None
        )
        layout = load_layout(self.project, self._job.layout, translations)
        assets = Assets.load(self.project, layout, translations.office)
        drafts = self._drafts.get(edition_id(name), {})
        drafts = {key: text for key, text in drafts.items() if key in translations.source.entries}
        changed = translations.with_texts(drafts)
        try:
            made = self._lay_out(layout, changed, assets)
        except InputError:
            if not drafts:
                raise
            changed, drafts = translations, {}  # they cannot be set with the files as they are now
            made = self._lay_out(layout, changed, assets)
        versions = tuple(self._versions(made.pages, last))
        glossary, glossary_faults = self._load_glossary()
        return OpenEdition(
            name,
            layout,
            changed,
            assets,
            made,
            translations,
            drafts,
            versions,
            generation=self.generation,
            glossary=glossary,
            glossary_faults=glossary_faults,
        )

    def _load_glossary(self) -> tuple[Glossary, tuple[Finding, ...]]:
        """Return the glossary; an empty one with the reasons if it cannot be read, since no page needs it."""
        try:
            return load_glossary(self.project, self._job.layout, None), ()
        except InputError as failure:
            return Glossary(""), failure.findings

    def _make(self, opened: OpenEdition, last: OpenEdition) -> OpenEdition:
        """Set an edition whose drafts have changed."""
        translations = opened.saved.with_texts(opened.drafts)
        made = self._lay_out(opened.layout, translations, opened.assets)
        versions = tuple(self._versions(made.pages, last))
        return replace(opened, translations=translations, made=made, versions=versions)

    def _lay_out(self, layout: Layout, translations: Translations, assets: Assets) -> LaidOut:
        return lay_out_edition(self._job, resolve_loaded(self._job, layout, translations, assets))

    def _versions(self, pages: tuple[Page, ...], last: OpenEdition | None) -> Iterator[int]:
        """Yield the version of each page: the last one if nothing on it has changed."""
        before = last.made.pages if last else ()
        numbers = last.versions if last else ()
        for page, old, number in zip_longest(pages, before[: len(pages)], numbers[: len(pages)]):
            yield number if number is not None and page == old else next(self._serial)

    def _removed(self, failure: FileNotFoundError) -> Finding:
        return file_removed(self.project.label(str(failure.filename or failure)))
